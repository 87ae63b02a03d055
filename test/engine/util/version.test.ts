import { readFileSync } from 'node:fs';
import { version } from '../../../engine/util/version.ts';

it('is the version of the package', () => {
  expect(version).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version);
});
