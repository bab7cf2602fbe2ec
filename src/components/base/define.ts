/** The version of this copy of carelet; a second copy on the page is told apart by it. */
export const VERSION = '0.1.0';

interface Versioned extends CustomElementConstructor {
  careletVersion?: string;
}

/**
 * Registers an element once. A second registration of the same tag, by another copy of this package or by the
 * host, is left as it is: the first one wins, and a differing version is warned of. Outside a browser it does nothing.
 */
export function defineElement(tag: `care-${string}`, element: CustomElementConstructor): void {
  if (typeof customElements === 'undefined') return;
  const there = customElements.get(tag) as Versioned | undefined;
  if (!there) {
    (element as Versioned).careletVersion = VERSION;
    customElements.define(tag, element);
  } else if (there !== element && there.careletVersion !== VERSION) {
    console.warn(
      `<${tag}> is already defined by ${there.careletVersion ? `carelet ${there.careletVersion}` : 'something else'}; carelet ${VERSION} is not used for it.`,
    );
  }
}
