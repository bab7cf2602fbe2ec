/** Every event of carelet, by name, with the type of its detail. Each element adds its own by declaration merging. */
export interface CareEventMap {}

declare global {
  // Listeners on any element and on the document know the detail: `addEventListener('care-patient-select', (event) => event.detail.reference)`.
  interface HTMLElementEventMap extends CareEventMap {}
  interface DocumentEventMap extends CareEventMap {}
}

export type CareEventName = Extract<keyof CareEventMap, string>;
export type CareEventDetail<N extends CareEventName> = CareEventMap[N] extends CustomEvent<infer D> ? D : never;

export interface EmitOptions {
  /** An intent (`care-appointment-move`) may be prevented by the host, which then does the work itself. */
  cancelable?: boolean;
}

/**
 * Dispatches a bubbling, composed CustomEvent and returns it; ask `event.defaultPrevented` after a cancelable one.
 * Never call it for a change that the host made.
 */
export function emit<N extends CareEventName>(
  target: EventTarget,
  name: N,
  detail: CareEventDetail<N>,
  options: EmitOptions = {},
): CustomEvent<CareEventDetail<N>> {
  const event = new CustomEvent<CareEventDetail<N>>(name, {
    detail,
    bubbles: true,
    composed: true,
    cancelable: options.cancelable ?? false,
  });
  target.dispatchEvent(event);
  return event;
}
