import { createLocalShare } from '../../../../../engine/http/budget/shared/local-share.ts';

const window = { id: 1, remaining: 9, limit: 10, endsAt: 1000 };

test('the first call goes alone, and then as many as the share allows until the window ends', () => {
  const local = createLocalShare();
  const wait = (underWay: number, now: number) => local.wait({ share: 0.3, underWay, now });
  expect(wait(0, 0)).toBeUndefined();
  local.sent();
  expect(wait(1, 0)).toBe(50);
  local.answered(window, 10);
  expect(wait(0, 10)).toBeUndefined();
  local.sent();
  local.sent();
  expect(wait(2, 20)).toBe(981);
  // A new window, of which nobody knows anything.
  expect(wait(2, 1001)).toBe(50);
  expect(wait(0, 1001)).toBeUndefined();
});

test('what others use of the window counts, and answers of older windows say nothing', () => {
  const local = createLocalShare();
  local.answered(window, 0);
  local.answered({ ...window, remaining: 1 }, 0);
  local.answered({ ...window, id: 0, remaining: 10 }, 0);
  expect(local.wait({ share: 1, underWay: 1, now: 0 })).toBe(50);
  expect(local.wait({ share: 1, underWay: 0, now: 0 })).toBeUndefined();
  local.answered({ ...window, remaining: 0 }, 0);
  expect(local.wait({ share: 1, underWay: 0, now: 0 })).toBe(1001);
  // It should have ended, and the API says that it has not.
  local.answered({ ...window, remaining: 0 }, 1500);
  expect(local.wait({ share: 1, underWay: 0, now: 1500 })).toBe(1001);
});

test('an API that tells nothing of its windows is not waited for', () => {
  const local = createLocalShare();
  local.sent();
  local.answered(undefined, 0);
  expect(local.wait({ share: 0.1, underWay: 5, now: 0 })).toBeUndefined();
});
