/**
 * The Lua scripts behind the Redis state. A script runs as a whole or not at all, which is what makes a
 * lease compare-and-set and several rate windows all-or-nothing.
 */

/**
 * KEYS: lease. ARGV: value, ttl ms. Empty when taken, else the value of the holder. A value of our own counts
 * as taken: the client sends a command again when its connection broke before the answer came.
 */
export const TAKE_LEASE = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return '' end
local value = redis.call('GET', KEYS[1])
if value == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) return '' end
return value`;

/** KEYS: lease. ARGV: value, ttl ms. 1 when it was still ours. A key that vanished is not taken again. */
export const RENEW_LEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`;

/** KEYS: lease. ARGV: value. 1 while it is ours. */
export const HOLDS_LEASE = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return 1 end
return 0`;

/** KEYS: lease. ARGV: value. */
export const RELEASE_LEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`;

/**
 * KEYS: a window and a pause per limit. ARGV: slot, now, deadline, ttl ms, then max and window length per limit.
 * Milliseconds to wait, 0 when a slot was taken in every window. A slot still in flight (score after now)
 * may be settled this very moment, so nobody is told to wait for more than one window length.
 */
export const TAKE_SLOTS = `
local slot, now = ARGV[1], tonumber(ARGV[2])
local wait = 0
for i = 1, #KEYS / 2 do
  local window, pause = KEYS[2 * i - 1], KEYS[2 * i]
  local max, per = tonumber(ARGV[3 + 2 * i]), tonumber(ARGV[4 + 2 * i])
  wait = math.max(wait, tonumber(redis.call('GET', pause) or now) - now)
  redis.call('ZREMRANGEBYSCORE', window, '-inf', '(' .. (now - per))
  local over = redis.call('ZCARD', window) - max
  if over >= 0 then
    local score = tonumber(redis.call('ZRANGE', window, over, over, 'WITHSCORES')[2])
    wait = math.max(wait, math.min(score, now) + per + 1 - now)
  end
end
if wait > 0 then return wait end
for i = 1, #KEYS / 2 do
  redis.call('ZADD', KEYS[2 * i - 1], ARGV[3], slot)
  redis.call('PEXPIRE', KEYS[2 * i - 1], ARGV[4])
end
return 0`;

/** KEYS: windows. ARGV: slot, score, ttl ms. */
export const SETTLE_SLOT = `
for i = 1, #KEYS do
  redis.call('ZADD', KEYS[i], ARGV[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[i], ARGV[3])
end
return 1`;

/** KEYS: count of a month. ARGV: calls, max, ttl ms. Whether they were counted, and the count after that. */
export const TAKE_CALLS = `
local calls, used = tonumber(ARGV[1]), tonumber(redis.call('GET', KEYS[1]) or 0)
if used + calls > tonumber(ARGV[2]) then return {0, used} end
if calls > 0 then
  used = redis.call('INCRBY', KEYS[1], calls)
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return {1, used}`;

/** KEYS: pause. ARGV: until, ttl ms. A pause is only ever made longer. */
export const PAUSE = `
if tonumber(redis.call('GET', KEYS[1]) or 0) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
end
return 1`;
