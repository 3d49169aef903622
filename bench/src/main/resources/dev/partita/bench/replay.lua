-- Replays whole HTTP requests from the file named by the first argument, each thread from another place
-- in it and to another of the endpoints (HOST:PORT with blanks between) in PARTITA_BENCH_ENDPOINTS.
-- If PARTITA_BENCH_ANSWER_BYTES is set, every answer's body must have that length; looking at answers
-- costs wrk some time, the same for every server.
local endpoints = {}
for host, port in (os.getenv("PARTITA_BENCH_ENDPOINTS") or ""):gmatch("(%S+):(%d+)") do
  endpoints[#endpoints + 1] = { host, port }
end
local requests = {}
local at = 0
local threads = 0
local all = {}
local bytes = tonumber(os.getenv("PARTITA_BENCH_ANSWER_BYTES") or "")
wrong = 0

function setup(thread)
  thread:set("offset", threads)
  local to = endpoints[threads % #endpoints + 1]
  thread.addr = wrk.lookup(to[1], to[2])[1]
  threads = threads + 1
  all[threads] = thread
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
  at = (offset or 0) * 977
end

function request()
  at = at + 1
  return requests[at % #requests + 1]
end

if bytes then
  function response(status, headers, body)
    if status == 200 and #body ~= bytes then wrong = wrong + 1 end
  end
end

function done(summary, latency, requests)
  local sum = 0
  for _, thread in ipairs(all) do sum = sum + thread:get("wrong") end
  io.write("Answers of another length: " .. sum .. "\n")
end
