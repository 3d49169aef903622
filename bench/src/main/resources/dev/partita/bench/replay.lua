-- Replays whole HTTP requests from the file named by the first argument, each thread from another place
-- in it and to another of the endpoints (HOST:PORT with blanks between) in PARTITA_BENCH_ENDPOINTS.
local endpoints = {}
for host, port in (os.getenv("PARTITA_BENCH_ENDPOINTS") or ""):gmatch("(%S+):(%d+)") do
  endpoints[#endpoints + 1] = { host, port }
end
local requests = {}
local at = 0
local threads = 0

function setup(thread)
  thread:set("offset", threads)
  local to = endpoints[threads % #endpoints + 1]
  thread.addr = wrk.lookup(to[1], to[2])[1]
  threads = threads + 1
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
