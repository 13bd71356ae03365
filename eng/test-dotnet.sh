# Sourced by ./test: runs the suites of .NET. Their runner writes a report in XML.

# The tests that have failed, a line each: SUITE, METHOD and the test's name, with tabs in between.
failed_tests=()

# A runner that ended without saying what it ran has failed, whatever else it printed.
run_dotnet() { # run_dotnet NAME [WRAPPER...] -- PROJECT [ARGUMENT...]
  local name=$1 wrapper=()
  shift
  while [ "$1" != -- ]; do
    wrapper+=("$1")
    shift
  done
  local project=$2
  shift 2

  say "$name"
  printf '%s\0' "${wrapper[@]}" "$root/tests/$project/bin/Debug/net10.0/$project" "$@" >"$results/$name.command"
  local report="$results/$name.xml"
  start_dotnet "$name" 1200 "$report"
  local status=$?

  if [ -z "$(attribute total "$report")" ]; then
    failures+=("$name did not finish (exit code $status)")
    count 0 1 0
    return
  fi

  local errors
  errors=$(($(attribute failed "$report") + $(attribute errors "$report")))
  if [ $status -ne 0 ] && [ $errors -eq 0 ]; then
    errors=1
    failures+=("$name ended with exit code $status")
  fi
  local test
  while read -r test; do
    failed_tests+=("$name"$'\t'"$test")
  done < <(grep -o '<test [^>]* result="Fail"[^>]*' "$report" | sed 's/.* name="\([^"]*\)".* type="\([^"]*\)" method="\([^"]*\)".*/\2.\3\t\1/')
  count "$(attribute passed "$report")" $errors "$(attribute skipped "$report")"
}

# The machine is shared: a test that is not steady fails there now and then, of some 3,000, and says nothing about the program. So a test
# that has failed runs once more, alone. If it passes then it does not hide whether the program works; but it is a bug of its own that is
# to be mended, and is named. Where more than three have failed it is not the machine, and nothing runs again.
settle_dotnet() {
  declare -A outcome=()
  local may_repeat=false
  if [ $failed -le 3 ]; then
    may_repeat=true
  fi

  local line suite method test
  for line in "${failed_tests[@]}"; do
    IFS=$'\t' read -r suite method test <<<"$line"

    # All cases of a theory at once: it is chosen by its method.
    if $may_repeat && [ -z "${outcome[$suite $method]:-}" ]; then
      say "$suite: $method once more, alone"
      outcome[$suite $method]=$(passes_alone "$suite" "$method" && echo passed || echo failed)
    fi

    if [ "${outcome[$suite $method]:-}" = passed ]; then
      unsteady+=("$suite: $test")
      count 1 -1 0
    else
      failures+=("$suite: $test")
    fi
  done
}

passes_alone() { # passes_alone SUITE METHOD
  local report="$results/$1.alone.xml"
  rm -f "$report"
  start_dotnet "$1" 600 "$report" -method "$2" >&2 && [ "$(attribute passed "$report")" -gt 0 ]
}

start_dotnet() { # start_dotnet NAME SECONDS REPORT [ARGUMENT...]
  local command
  mapfile -d '' command <"$results/$1.command"
  timeout "$2" "${command[@]}" -xml "$3" -noColor "${@:4}" </dev/null
}

attribute() { # attribute NAME REPORT: a number of all tests of a report, nothing when the report is not there
  grep -o '<assembly [^>]*' "$2" 2>/dev/null | head -n 1 | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"
}
