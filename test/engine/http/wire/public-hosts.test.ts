import { isPrivateAddress, requirePublicHost } from '../../../../engine/http/wire/public-hosts.ts';
import { createTransport } from '../../../../engine/http/wire/transport.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '0.0.0.0',
  '::1',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111'])('%s is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test('one private address among several is enough to refuse a host', async () => {
  const asked = requirePublicHost(new URL('https://api.test/x'), async () => ['8.8.8.8', '10.0.0.1']);
  await expect(asked).rejects.toMatchObject({
    kind: 'config_error',
    message: expect.stringContaining('api.test'),
  });
});

test('a public host is let through when the request is encrypted', async () => {
  const resolve = async () => ['8.8.8.8'];
  await expect(requirePublicHost(new URL('https://api.test/'), resolve)).resolves.toBeUndefined();
  await expect(requirePublicHost(new URL('http://api.test/'), resolve)).rejects.toMatchObject({
    kind: 'config_error',
  });
});

test.each(['https://127.0.0.1:1/', 'https://[::1]:1/', 'https://2130706433:1/'])(
  'on the cloud a transport does not reach %s',
  async (url) => {
    const transport = createTransport({ env: { DEPLOYMENT_MODE: 'cloud' } });
    const sent = transport.send({ method: 'GET', url: new URL(url), headers: {} });
    await expect(sent).rejects.toMatchObject({ kind: 'config_error' });
    await transport.close();
  },
);
