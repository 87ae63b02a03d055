/** The requesters around an asynchronous job. What downloads its result asks for records, as that of any retriever. */
export const jobFields = Object.freeze([
  'creation_requester',
  'polling_requester',
  'download_target_requester',
  'abort_requester',
  'delete_requester',
]);
