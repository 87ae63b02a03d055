/** A record of a body that is read as it comes is longer than any record is: a line, a row, an item of a list. */
export class RecordTooLongError extends Error {
  /** Characters. */
  readonly limit: number;
  /** How many records came before it. */
  readonly before: number;

  constructor(limit: number, before: number) {
    super(`record ${before + 1} is longer than ${limit} characters`);
    this.name = 'RecordTooLongError';
    this.limit = limit;
    this.before = before;
  }
}
