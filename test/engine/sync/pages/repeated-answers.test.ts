import { createRepeatedAnswers } from '../../../../engine/sync/pages/repeated-answers.ts';

/** The number of the first answer that came three times, out of so many. */
function thirdTime(answerAt: (index: number) => string, most: number): number | undefined {
  const answers = createRepeatedAnswers();
  for (let index = 1; index <= most; index++) if (answers.count(answerAt(index)) >= 3) return index;
  return undefined;
}

describe('createRepeatedAnswers', () => {
  it('never counts answers that differ', () => {
    expect(thirdTime((index) => `page ${index}`, 20_000)).toBeUndefined();
  });

  it.each([
    [1, 3],
    [2, 5],
    [7, 15],
    [1000, 2001],
  ])('notices a circle of %i answers when the first of them comes the third time', (length, third) => {
    expect(thirdTime((index) => `page ${index % length}`, 10_000)).toBe(third);
  });

  it.each([
    [1001, 4050],
    [1500, 7096],
    [4000, 16_192],
  ])('notices a circle of %i answers in the end', (length, third) => {
    expect(thirdTime((index) => `page ${index % length}`, 8 * length)).toBe(third);
  });

  it('notices a circle that is entered late', () => {
    const entered = (index: number) => (index < 5000 ? index : 5000 + (index % 3000));
    expect(thirdTime((index) => `page ${entered(index)}`, 40_000)).toBe(14_192);
  });
});
