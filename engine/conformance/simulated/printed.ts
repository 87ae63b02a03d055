/** What goes to stdout while something runs, which is kept from it. */
export async function whatIsPrinted<T>(
  run: () => Promise<T>,
): Promise<{ readonly run: T; readonly printed: string }> {
  const { stdout } = process;
  const usual = stdout.write;
  let printed = '';
  stdout.write = ((chunk: string | Uint8Array) => {
    printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  }) as typeof stdout.write;
  try {
    const made = await run();
    return { run: made, printed };
  } finally {
    stdout.write = usual;
  }
}
