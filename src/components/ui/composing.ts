/**
 * Whether a key belongs to an input method (Japanese, Chinese, Korean and others), which takes Enter as "these characters".
 * WebKit ends the composition before that key comes and tells it by the code 229 alone (UI Events, "Input method editors").
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
