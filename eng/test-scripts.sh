# Sourced by ./test: runs the suites of the scripts, in Node and in Python.

run_node() { # run_node NAME FOLDER
  say "$1"
  local report="$results/$1.txt"
  (cd "$root/$2" && npm ci --no-audit --no-fund --loglevel=error && npm run --silent check && timeout 300 npm test --silent) </dev/null 2>&1 | tee "$report"
  local status=${PIPESTATUS[0]}

  number() { sed -n "s/^[#ℹ]* *$1 \([0-9]*\)$/\1/p" "$report" | tail -n 1; }
  if [ -z "$(number pass)" ] || { [ "$status" -ne 0 ] && [ "$(number fail)" = 0 ]; }; then
    failures+=("$1 did not finish (exit code $status)")
    count 0 1 0
    return
  fi
  if [ "$(number fail)" != 0 ]; then
    failures+=("$1: $(number fail) tests, see above")
  fi
  count "$(number pass)" "$(number fail)" "$(number skipped)"
}

run_python() { # run_python NAME FOLDER
  say "$1"
  local report="$results/$1.txt"
  (cd "$root/$2" && timeout 300 python3 -m unittest discover) </dev/null 2>&1 | tee "$report"
  local status=${PIPESTATUS[0]}

  # The last two lines: "Ran 5 tests in 0.1s", and "OK (skipped=1)" or "FAILED (failures=1, errors=2)".
  local ran outcome
  ran=$(sed -n 's/^Ran \([0-9]*\) tests\{0,1\} in .*/\1/p' "$report" | tail -n 1)
  outcome=$(grep -E '^(OK|FAILED|NO TESTS RAN)' "$report" | tail -n 1)
  part() { sed -n -E "s/.*(\(|, )$1=([0-9]+).*/\2/p" <<<"$outcome" | grep . || echo 0; }

  local errors
  errors=$(($(part failures) + $(part errors) + $(part 'unexpected successes')))
  if [ "${ran:-0}" -eq 0 ] || [ -z "$outcome" ] || { [ "$status" -ne 0 ] && [ $errors -eq 0 ]; }; then
    failures+=("$1 did not finish (exit code $status)")
    count 0 1 0
    return
  fi
  local test
  while read -r test; do
    failures+=("$1: $test")
  done < <(sed -n -E 's/^(FAIL|ERROR|UNEXPECTED SUCCESS): (.*)/\2/p' "$report")
  # Parts of one test can fail each for itself.
  local good=$((ran - errors - $(part skipped)))
  count $((good > 0 ? good : 0)) $errors "$(part skipped)"
}
