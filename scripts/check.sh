#!/bin/sh
# Every static check, each named; all are run even when one fails.
cd "$(dirname "$0")/.." || exit 1
export BENCHSIDE_DEBUG=yes BENCHSIDE_VAR="${BENCHSIDE_CHECK_VAR:-$PWD/var/check}"
bin=.venv/bin
failed=""
step() {
    name=$1
    shift
    if output=$("$@" 2>&1); then
        echo "ok      $name"
    else
        echo "FAILED  $name"
        printf '%s\n' "$output" | sed 's/^/        /'
        failed="$failed, $name"
    fi
}
no_merge_marks() { ! git grep -nE '^(<{7}|>{7}) '; }
step "merge marks" no_merge_marks
step "format" $bin/ruff format --check .
step "lint" $bin/ruff check .
step "types" $bin/mypy
step "import contracts" $bin/lint-imports
step "system checks" $bin/python manage.py check --fail-level WARNING
step "missing migrations" $bin/python manage.py makemigrations --check --dry-run
step "templates" $bin/djlint benchside --lint --quiet
step "dependencies" $bin/deptry .
step "generated docs" $bin/python manage.py states_diagram --check
step "drawings" $bin/python manage.py build_drawings --check
step "personal data table" $bin/python manage.py personal_data --check
if [ -n "$failed" ]; then
    echo "Not clean: ${failed#, }"
    exit 1
fi
echo "All checks are clean."
