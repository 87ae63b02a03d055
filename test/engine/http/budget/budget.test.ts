import type { OutgoingRequest } from '../../../../engine/contract/families.ts';
import { createBudget } from '../../../../engine/http/budget/budget.ts';
import { testResponse } from '../../../kit/response.ts';

const request = (path: string): OutgoingRequest => ({
  method: 'GET',
  url: new URL(path, 'https://api.test'),
  headers: {},
});

/** A budget whose policies write down what they are asked. */
function budgetOf(...paths: readonly string[]) {
  const told: unknown[] = [];
  const policies = paths.map((path) => ({
    matches: ({ url }: OutgoingRequest) => url.pathname.startsWith(path),
    acquire: async () => void told.push(`acquire ${path}`),
    update: (left: number | undefined, resetsAt: number | undefined) =>
      void told.push([path, left, resetsAt]),
  }));
  const load = {
    window: (calls: number, resetsAt: number) => void windows.push([calls, resetsAt]),
    received() {},
  };
  const windows: unknown[] = [];
  const settings = { resetHeader: 'X-Reset', remainingHeader: 'X-Left', rateLimitStatuses: [429, 503], load };
  return { told, windows, budget: createBudget({ policies, ...settings }) };
}

describe('a budget', () => {
  it('asks the first policy that matches, and none for other requests', async () => {
    const { budget, told } = budgetOf('/a', '/a/b', '/c');
    for (const path of ['/a/b', '/c', '/d']) await budget.acquire(request(path));
    expect(told).toEqual(['acquire /a', 'acquire /c']);
    budget.observe(request('/c'), testResponse({ headers: { 'X-Left': '4' } }));
    budget.observe(request('/d'), testResponse({ headers: { 'X-Left': '4' } }));
    expect(told.slice(2)).toEqual([['/c', 4, undefined]]);
  });

  it('tells of windows of which it knows the end', () => {
    const { budget, windows } = budgetOf('/a');
    const answer = (headers: Record<string, string>) =>
      budget.observe(request('/a'), testResponse({ headers }));
    answer({ 'X-Left': '4' });
    answer({ 'X-Reset': '1700000000' });
    answer({ 'X-Left': '3', 'X-Reset': '1700000000' });
    expect(windows).toEqual([[3, 1_700_000_000_000]]);
  });

  it.each([
    ['7', 7],
    [' 7 ', 7],
    ['+7', 7],
    ['-7', -7],
    ['0', 0],
    ['7.5', undefined],
    ['7;w=60', undefined],
    ['n7', undefined],
    ['', undefined],
  ])('reads the header %j as %p calls', (header, left) => {
    const { budget, told } = budgetOf('/');
    budget.observe(request('/'), testResponse({ headers: { 'X-Left': header } }));
    expect(told).toEqual([['/', left, undefined]]);
  });

  it('takes the reset for seconds', () => {
    const { budget, told } = budgetOf('/');
    budget.observe(request('/'), testResponse({ headers: { 'X-Reset': '1704067200' } }));
    expect(told).toEqual([['/', undefined, 1_704_067_200_000]]);
  });

  it('has no calls left after a status that says so, unless a header knows better', () => {
    const { budget, told } = budgetOf('/');
    for (const status of [200, 429, 503]) budget.observe(request('/'), testResponse({ status }));
    budget.observe(request('/'), testResponse({ status: 429, headers: { 'X-Left': '3' } }));
    expect(told).toEqual([undefined, 0, 0, 3].map((left) => ['/', left, undefined]));
  });
});
