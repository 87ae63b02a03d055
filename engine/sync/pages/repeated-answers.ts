/** How many answers are remembered: circles up to this length are noticed at once. */
const remembered = 1000;

export interface RepeatedAnswers {
  /** How often the answer has come now, as far as is known. */
  count(answer: string): number;
}

/**
 * Counts the answers of an API that come again. It keeps the last thousand, and of all before them one, which is replaced
 * whenever the number of answers has doubled: a longer circle comes back to it too, as in Brent's search for cycles. So
 * the memory stays the same for any number of answers.
 */
export function createRepeatedAnswers(): RepeatedAnswers {
  /** The one that has not come for longest first. */
  const recent = new Map<string, number>();
  let total = 0;
  let mark = { answer: '', times: 0, nextAt: 1 };

  return {
    count(answer) {
      total += 1;
      const times = (recent.get(answer) ?? 0) + 1;
      recent.delete(answer);
      recent.set(answer, times);
      if (recent.size > remembered) {
        const [oldest = ''] = recent.keys();
        recent.delete(oldest);
      }
      if (answer === mark.answer) mark = { ...mark, times: mark.times + 1 };
      else if (total >= mark.nextAt) mark = { answer, times, nextAt: 2 * total };
      return answer === mark.answer ? Math.max(times, mark.times) : times;
    },
  };
}
