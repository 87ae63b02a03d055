/**
 * What happens inside of Redis, where nothing comes between two steps. All times are those of Redis, so that the clocks
 * of the machines do not matter. KEYS: the window (hash), when each process was last heard of (sorted set), how many calls
 * each has under way (hash). Every call tells anew how many that are: a store that has lost its data soon knows all again.
 */
const prelude = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local client, own, gone = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
for _, other in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now - gone)) do
  redis.call('ZREM', KEYS[2], other)
  redis.call('HDEL', KEYS[3], other)
end
redis.call('ZADD', KEYS[2], now, client)
redis.call('HSET', KEYS[3], client, own)
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, 3600000) end
local clients = redis.call('ZCARD', KEYS[2])
`;

/**
 * May one more call be made? ARGV: process, its calls under way, milliseconds after which a silent process is gone, the
 * number of this call. Gives 1 and how many processes take part, or 0 and milliseconds to wait: 0 until an answer comes.
 */
export const enterScript = `${prelude}
local sum = 0
for _, count in ipairs(redis.call('HVALS', KEYS[3])) do sum = sum + count end
local window = redis.call('HMGET', KEYS[1], 'remaining', 'ends', 'probe', 'silent')
local remaining, ends, probe = tonumber(window[1]), tonumber(window[2]), window[3]
local grant = false
if window[4] and tonumber(window[4]) > now then
  grant = true
elseif remaining and ends >= now then
  if remaining <= 0 then return {0, ends - now + 1} end
  grant = remaining - sum > 0 and own < math.max(1, math.ceil(remaining / clients))
else
  -- Nobody knows what is left: one call goes ahead and brings the numbers.
  local by = probe and string.match(probe, '^(.*)#') or nil
  if not by or not redis.call('ZSCORE', KEYS[2], by) then
    redis.call('HSET', KEYS[1], 'probe', client .. '#' .. ARGV[4])
    grant = true
  end
end
if not grant then return {0, 0} end
redis.call('HINCRBY', KEYS[3], client, 1)
return {1, clients}
`;

/**
 * A call has ended. ARGV as above, then 1 when there was an answer, and what it said: the window's id, what is left, and
 * milliseconds until it ends. Gives what is left and how many processes take part. Answers overtake each other: the lowest
 * count of a window is the latest, and older windows say nothing.
 */
export const leaveScript = `${prelude}
local mark = client .. '#' .. ARGV[4]
local isProbe = redis.call('HGET', KEYS[1], 'probe') == mark
if isProbe then redis.call('HDEL', KEYS[1], 'probe') end
local id, left, inTime = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
if not id then
  -- An API that tells nothing is not waited for.
  if isProbe and ARGV[5] == '1' then redis.call('HSET', KEYS[1], 'silent', now + 10000) end
  return {-1, clients}
end
local window = redis.call('HMGET', KEYS[1], 'id', 'remaining', 'ends')
local known, remaining, ends = tonumber(window[1]), tonumber(window[2]), tonumber(window[3])
redis.call('HDEL', KEYS[1], 'silent')
if known and id < known then return {remaining, clients} end
if id == known then
  left = math.min(left, remaining)
  -- By the API's clock the window goes on.
  if ends <= now then ends = left == 0 and now + 1000 or now + inTime end
else
  ends = now + inTime
  if left == 0 and ends <= now then ends = now + 1000 end
end
redis.call('HSET', KEYS[1], 'id', id, 'remaining', left, 'ends', ends)
return {left, clients}
`;

/** The process is alive, though it has nothing to say. ARGV as above. */
export const aliveScript = `${prelude}
return clients
`;

/** The process takes part no longer. */
export const byeScript = `
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('HDEL', KEYS[3], ARGV[1])
`;

/** Prolongs a lock, or gives it back, as long as it is this holder's. KEYS: the lock. ARGV: the holder, milliseconds. */
export const prolongScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;
export const unlockScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])
`;
