// What the pods of the test cluster's own test run: they remember their starts on their volume, and
// tell what they see of the cluster.
//
//	GET /starts         a line for each start on this volume
//	GET /lookup?name=   the addresses of a name
//	GET /get?url=       what another server says
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"sort"
	"strings"
	"time"
)

func main() {
	if err := remember("/data/starts"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	http.HandleFunc("/starts", func(w http.ResponseWriter, _ *http.Request) {
		content, err := os.ReadFile("/data/starts")
		answer(w, string(content), err)
	})
	http.HandleFunc("/lookup", func(w http.ResponseWriter, r *http.Request) {
		addresses, err := net.LookupHost(r.URL.Query().Get("name"))
		sort.Strings(addresses)
		answer(w, strings.Join(addresses, "\n"), err)
	})
	client := &http.Client{Timeout: 3 * time.Second}
	http.HandleFunc("/get", func(w http.ResponseWriter, r *http.Request) {
		response, err := client.Get(r.URL.Query().Get("url"))
		if err != nil {
			answer(w, "", err)
			return
		}
		defer response.Body.Close()
		content, err := io.ReadAll(response.Body)
		answer(w, string(content), err)
	})
	fmt.Fprintln(os.Stderr, http.ListenAndServe(":8080", nil))
	os.Exit(1)
}

func remember(path string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err = fmt.Fprintln(file, time.Now().UTC().Format(time.RFC3339)); err != nil {
		return err
	}
	return file.Sync()
}

func answer(w http.ResponseWriter, text string, err error) {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	fmt.Fprint(w, text)
}
