/**
 * A function of a text that keeps what it made, for texts of up to `mostCharacters` together: it must give the same for
 * the same text. When there is no room for another text all are forgotten, and a text that would fill the room alone is
 * not kept.
 */
export function memoizeTexts<Made>(
  make: (text: string) => Made,
  mostCharacters: number,
): (text: string) => Made {
  const kept = new Map<string, Made>();
  let characters = 0;
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known;
    const made = make(text);
    if (characters + text.length > mostCharacters) {
      kept.clear();
      characters = 0;
    }
    if (text.length <= mostCharacters) {
      kept.set(text, made);
      characters += text.length;
    }
    return made;
  };
}
