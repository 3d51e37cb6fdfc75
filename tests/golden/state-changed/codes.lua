local codes, last, names = {}, 0, {}
function codes.next()
  last = last + 1
  return "C" .. last
end
function codes.load(env)
  names = {}
  for row in env.rows("kh.csv") do names[row.Code] = row.Name end
end
function codes.name(code) return names[code] end
return codes
