/**
 * Limits that a manifest declares, inside of Redis. KEYS: the calls, when each process was last heard of, whether processes
 * are coming back. ARGV: process, weight, number of the process's last call, milliseconds for the others to come back when
 * this one was alone (else 0), then as each script says. They give 1 when the calls may be made, or 0 and milliseconds to
 * wait, how many processes there are, and 1 while they are coming back.
 *
 * Who was alone made calls that the store does not know of, and the store may have lost those that it knew. So when the first
 * of them is back, each process keeps to its own part of the limit until the others are back and have told theirs.
 */
const prelude = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local client, weight, number, return_within = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
redis.call('ZADD', KEYS[2], now, client)
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - 60000)
redis.call('PEXPIRE', KEYS[2], 60000)
local clients = redis.call('ZCARD', KEYS[2])
if return_within > 0 then redis.call('SET', KEYS[3], client, 'PX', return_within) end
local returning = redis.call('EXISTS', KEYS[3])
`;

/**
 * Any interval. ARGV then: how long ago the process made each of its own calls, where the store may not know them all, with
 * commas between them; limit, milliseconds and the process's own part of each rate.
 */
export const movingScript = `${prelude}
local function is_own(call) return string.sub(call, 1, #client + 1) == client .. '#' end
local longest = 0
for at = 7, #ARGV, 3 do longest = math.max(longest, tonumber(ARGV[at])) end
if return_within > 0 then
  -- Whether those it made before are here or were lost, they come with the others.
  for _, call in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
    if is_own(call) then redis.call('ZREM', KEYS[1], call) end
  end
end
local known = 0
for age in string.gmatch(ARGV[5], '%d+') do
  known = known + 1
  redis.call('ZADD', KEYS[1], now - tonumber(age), client .. '#alone#' .. number .. '#' .. known)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. (now - longest))
local wait = 0
for at = 6, #ARGV, 3 do
  local limit, interval, part = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  local from = now - interval
  local excess = redis.call('ZCOUNT', KEYS[1], from, '+inf') + weight - limit
  if excess > 0 then
    local leaving = redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'WITHSCORES', 'LIMIT', excess - 1, 1)[2] or now
    wait = math.max(wait, leaving + interval - now + 1)
  end
  if returning == 1 then
    local own = 0
    for _, call in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf')) do
      if is_own(call) then own = own + 1 end
    end
    if own + weight > part then wait = math.max(wait, redis.call('PTTL', KEYS[3]) + 1) end
  end
end
if wait == 0 then
  for call = 1, weight do redis.call('ZADD', KEYS[1], now, client .. '#' .. number .. '#' .. call) end
end
redis.call('PEXPIRE', KEYS[1], longest + 1000)
return {wait == 0 and 1 or 0, math.ceil(wait), clients, returning}
`;

const window = `
local limit, period = tonumber(ARGV[5]), tonumber(ARGV[6])
local own_field = 'of ' .. client
local stored = redis.call('HMGET', KEYS[1], 'used', 'ends', own_field)
local used, ends, own = tonumber(stored[1]) or 0, tonumber(stored[2]) or now + tonumber(ARGV[7]), tonumber(stored[3]) or 0
if now > ends then
  redis.call('DEL', KEYS[1])
  used, own = 0, 0
  ends = math.max(ends, now - period) + period
end
local function keep()
  redis.call('HSET', KEYS[1], 'used', used, 'ends', ends, own_field, own)
  redis.call('PEXPIRE', KEYS[1], math.max(ends - now, period) + 1000)
end
`;

/**
 * Windows one after the other. ARGV then: limit, milliseconds of a window, milliseconds until the first one ends; the
 * process's own calls in the length of a window, its own part of the limit.
 */
export const fixedScript = `${prelude}${window}
if return_within > 0 then
  local unknown = math.max(0, tonumber(ARGV[8]) - own)
  used, own = used + unknown, own + unknown
end
local grant = used + weight <= limit and (returning == 0 or own + weight <= tonumber(ARGV[9]))
if grant then used, own = used + weight, own + weight end
keep()
return {grant and 1 or 0, ends - now + 1, clients, returning}
`;

/** What an answer says of such a window. ARGV then: how many calls are left, milliseconds until it ends; empty when unknown. */
export const toldScript = `${prelude}${window}
local left, inTime = tonumber(ARGV[8]), tonumber(ARGV[9])
if left and left < limit - used then used = limit - left end
if inTime then ends = now + inTime end
keep()
return {1, 0, clients, returning}
`;
