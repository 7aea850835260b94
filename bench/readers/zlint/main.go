// zlint with all of its lints over PEM files named on standard input.
package main

import (
	"bufio"
	"encoding/pem"
	"fmt"
	"os"

	"github.com/zmap/zcrypto/x509"
	"github.com/zmap/zlint/v3"
)

func main() {
	read, found := 0, 0
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		rest, err := os.ReadFile(lines.Text())
		if err != nil {
			continue
		}
		for block, rest := pem.Decode(rest); block != nil; block, rest = pem.Decode(rest) {
			certificate, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				continue
			}
			read++
			results := zlint.LintCertificate(certificate)
			if results.ErrorsPresent || results.WarningsPresent {
				found++
			}
		}
	}
	fmt.Println(read, found)
}
