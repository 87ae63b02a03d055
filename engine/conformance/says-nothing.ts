/** Words of messages that could stand for any failure. */
const ofAny = new Set(
  'a an and the is was has have error errors exception failed failure fails occurred happened unknown unexpected something went wrong please try again later sorry undefined null none nan object'.split(
    ' ',
  ),
);

/** Whether nobody could act on a message: it is empty, is what a program makes of no text, or has no word of a reason. */
export function saysNothing(message: string): boolean {
  const text = message.trim();
  // What was to follow has not come.
  if (/(?:^|:\s*)(?:undefined|null|none|nan)?\.?$/i.test(text)) return true;
  if (/\[object \w+\]/.test(text)) return true;
  const words = text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
  return words.every((word) => ofAny.has(word));
}
