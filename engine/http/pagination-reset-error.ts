/** The error handler wants the slice to be read again from its first page (action RESET_PAGINATION). */
export class PaginationResetError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PaginationResetError';
  }
}
