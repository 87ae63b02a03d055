import { isPrivateAddress } from '../../../../engine/http/wire/addresses.ts';
import { requireEncryption, requirePublicAddresses } from '../../../../engine/http/wire/public-hosts.ts';
import { createTransport } from '../../../../engine/http/wire/transport.ts';
import { told } from '../../../kit/told.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '0.0.0.0',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  'fd00::1',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '::ffff:10.0.0.1',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  '64:ff9b:1::7f00:1',
  '::ffff:0:7f00:1',
  '5f00::1',
  '3fff::1',
  'fe80::1%lo',
  '198.18.0.1',
  '192.88.99.1',
  '240.0.0.1',
  '0177.0.0.1',
  'no address',
])('%s is private', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each(['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test('one private address among several is enough to refuse a host', () => {
  expect(() => requirePublicAddresses('api.test', ['8.8.8.8', '10.0.0.1'])).toThrow(
    expect.objectContaining({ kind: 'config_error', message: expect.stringContaining('api.test') }),
  );
  expect(told(() => requirePublicAddresses('api.test', ['8.8.8.8']))).toBeUndefined();
});

test('requests are encrypted there', () => {
  expect(told(() => requireEncryption(new URL('https://api.test/')))).toBeUndefined();
  expect(() => requireEncryption(new URL('http://api.test/'))).toThrow(
    expect.objectContaining({ kind: 'config_error' }),
  );
});

// The name is looked up once, by what connects.
test.each(['https://127.0.0.1:1/', 'https://[::1]:1/', 'https://2130706433:1/', 'https://localhost:1/'])(
  'on the cloud a transport does not reach %s',
  async (url) => {
    const transport = createTransport({ env: { DEPLOYMENT_MODE: 'cloud' } });
    const sent = transport.send({ method: 'GET', url: new URL(url), headers: {} });
    await expect(sent).rejects.toMatchObject({
      kind: 'config_error',
      message: expect.stringContaining('private'),
    });
    await transport.close();
  },
);
