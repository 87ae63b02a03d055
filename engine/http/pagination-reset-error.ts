/** The error handler asks for the slice to be read anew from its first page (action RESET_PAGINATION). */
export class PaginationResetError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PaginationResetError';
  }
}
