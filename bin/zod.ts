/** What hooks import as "zod" where it is not installed: one file of its own, so that no command loads more for it. */
export * from 'zod';
