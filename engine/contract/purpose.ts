/** Why a request is made that is not for a page of the stream, in the words of the connector builder. */
export interface Purpose {
  readonly type:
    | 'AUTH'
    | 'HTTP'
    | 'PARENT_STREAM'
    | 'ASYNC_CREATE'
    | 'ASYNC_POLL'
    | 'ASYNC_ABORT'
    | 'ASYNC_DELETE';
  readonly title: string;
  readonly description: string;
}
