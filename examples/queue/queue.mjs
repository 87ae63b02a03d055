export const queueName = 'manifold';

/** What BullMQ wants of the address of a Redis server. */
export function connectionOf(address = 'redis://127.0.0.1:6379') {
  const { protocol, hostname, port, username, password, pathname } = new URL(address);
  return {
    host: hostname,
    port: Number(port || 6379),
    ...(protocol === 'rediss:' && { tls: {} }),
    ...(pathname.length > 1 && { db: Number(pathname.slice(1)) }),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    // Workers wait for a server that is away.
    maxRetriesPerRequest: null,
  };
}
