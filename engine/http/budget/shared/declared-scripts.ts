/**
 * Limits that a manifest declares, inside of Redis. KEYS: the calls, when each process was last heard of. ARGV: process,
 * weight, number of the process's last call, then as each script says. They give 1 when the calls may be made, or 0 and
 * milliseconds to wait, and how many processes there are.
 */
const prelude = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local client, weight, number = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZADD', KEYS[2], now, client)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - 60000)
redis.call('PEXPIRE', KEYS[2], 60000)
local clients = redis.call('ZCARD', KEYS[2])
`;

/**
 * Any interval. ARGV then: how long ago the process made each of its own calls, where the store may not know them all, with
 * commas between them; limit and milliseconds of each rate.
 */
export const movingScript = `${prelude}
local longest = 0
for at = 6, #ARGV, 2 do longest = math.max(longest, tonumber(ARGV[at])) end
if ARGV[4] ~= '' then
  -- Whether those it made before are here or were lost, they come with the others.
  for _, call in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if string.sub(call, 1, #client + 1) == client .. '#' then redis.call('ZREM', KEYS[1], call) end
  end
end
local known = 0
for age in string.gmatch(ARGV[4], '%d+') do
  known = known + 1
  redis.call('ZADD', KEYS[1], now - tonumber(age), client .. '#alone#' .. number .. '#' .. known)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. (now - longest))
local wait = 0
for at = 5, #ARGV, 2 do
  local limit, interval = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  local from = now - interval
  local excess = redis.call('ZCOUNT', KEYS[1], from, '+inf') + weight - limit
  if excess > 0 then
    local leaving = redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'WITHSCORES', 'LIMIT', excess - 1, 1)[2] or now
    wait = math.max(wait, leaving + interval - now + 1)
  end
end
if wait == 0 then
  for call = 1, weight do redis.call('ZADD', KEYS[1], now, client .. '#' .. number .. '#' .. call) end
end
redis.call('PEXPIRE', KEYS[1], longest + 1000)
return {wait == 0 and 1 or 0, math.ceil(wait), clients}
`;

const window = `
local limit, period = tonumber(ARGV[4]), tonumber(ARGV[5])
local stored = redis.call('HMGET', KEYS[1], 'used', 'ends')
local used, ends = tonumber(stored[1]) or 0, tonumber(stored[2]) or now + tonumber(ARGV[6])
if now > ends then
  used = 0
  ends = math.max(ends, now - period) + period
end
`;

/** Windows one after the other. ARGV then: limit, milliseconds of a window, milliseconds until the first one ends. */
export const fixedScript = `${prelude}${window}
local grant = used + weight <= limit
if grant then used = used + weight end
redis.call('HSET', KEYS[1], 'used', used, 'ends', ends)
redis.call('PEXPIRE', KEYS[1], math.max(ends - now, period) + 1000)
return {grant and 1 or 0, ends - now + 1, clients}
`;

/** What an answer says of such a window. ARGV then: how many calls are left, milliseconds until it ends; empty when unknown. */
export const toldScript = `${prelude}${window}
local left, inTime = tonumber(ARGV[7]), tonumber(ARGV[8])
if left and left < limit - used then used = limit - left end
if inTime then ends = now + inTime end
redis.call('HSET', KEYS[1], 'used', used, 'ends', ends)
redis.call('PEXPIRE', KEYS[1], math.max(ends - now, period) + 1000)
return {1, 0, clients}
`;
