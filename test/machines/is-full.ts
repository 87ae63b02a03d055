/** At full size, on a machine that has nothing else to do: what is counted in real seconds holds only there. */
export const isFull = process.env['MACHINES'] === 'full';
