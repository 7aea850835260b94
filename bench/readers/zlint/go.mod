module tlslint-bench-zlint

go 1.24

require github.com/zmap/zlint/v3 v3.7.3
