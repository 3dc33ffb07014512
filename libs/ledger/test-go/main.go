// Checks an exported audit log with the Go checksum database's own code (golang.org/x/mod/sumdb): a verifier that shares
// nothing with ours. Usage: go run . DIR PROOFS, PROOFS being JSON of our own proofs.
//
// sumdb lays its tiles out in other folders than c2sp.org/tlog-tiles, so only the hashing, the proofs and the note
// verification are taken from it; the paths are made here.
package main

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type folder string

type ourProofs struct {
	Inclusion []struct {
		Index  int64    `json:"index"`
		Hashes []string `json:"hashes"`
	} `json:"inclusion"`
	Consistency []struct {
		Size   int64    `json:"size"`
		Root   string   `json:"root"`
		Hashes []string `json:"hashes"`
	} `json:"consistency"`
}

func (dir folder) path(level string, index int64, width int) string {
	name := fmt.Sprintf("%03d", index%1000)
	for rest := index / 1000; rest > 0; rest /= 1000 {
		name = fmt.Sprintf("x%03d/%s", rest%1000, name)
	}
	if width < 1<<height {
		name += ".p/" + strconv.Itoa(width)
	}
	return filepath.Join(string(dir), "tile", level, filepath.FromSlash(name))
}

func (dir folder) Height() int { return height }

func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(dir.path(strconv.Itoa(tile.L), tile.N, tile.W))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (dir folder) SaveTiles([]tlog.Tile, [][]byte) {}

func (dir folder) entries(size int64) ([][]byte, error) {
	var all [][]byte
	for first := int64(0); first < size; first += 1 << height {
		width := int(min64(1<<height, size-first))
		data, err := os.ReadFile(dir.path("entries", first>>height, width))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			length := int(binary.BigEndian.Uint16(data))
			all = append(all, data[2:2+length])
			data = data[2+length:]
		}
	}
	return all, nil
}

func min64(a, b int64) int64 {
	if a < b {
		return a
	}
	return b
}

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "NOT OK:", err)
		os.Exit(1)
	}
}

// openCheckpoint verifies the signature and gives the tree it states.
func openCheckpoint(dir folder) tlog.Tree {
	vkey := strings.TrimSpace(string(must(os.ReadFile(filepath.Join(string(dir), "key.vkey")))))
	verifier := must(note.NewVerifier(vkey))
	text := must(os.ReadFile(filepath.Join(string(dir), "checkpoint")))
	opened := must(note.Open(text, note.VerifierList(verifier)))
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		check(fmt.Errorf("origin %q is not the key's name", lines[0]))
	}
	return tlog.Tree{N: must(strconv.ParseInt(lines[1], 10, 64)), Hash: must(tlog.ParseHash(lines[2]))}
}

func hashes(texts []string) []tlog.Hash {
	all := []tlog.Hash{}
	for _, text := range texts {
		all = append(all, must(tlog.ParseHash(text)))
	}
	return all
}

func main() {
	dir := folder(os.Args[1])
	tree := openCheckpoint(dir)
	entries := must(dir.entries(tree.N))
	if int64(len(entries)) != tree.N {
		check(fmt.Errorf("%d entries, the checkpoint says %d", len(entries), tree.N))
	}

	// The tree built anew from the entries, by sumdb.
	var stored []tlog.Hash
	memory := tlog.HashReaderFunc(func(at []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(at))
		for i, x := range at {
			out[i] = stored[x]
		}
		return out, nil
	})
	for n, entry := range entries {
		stored = append(stored, must(tlog.StoredHashes(int64(n), entry, memory))...)
	}
	if root := must(tlog.TreeHash(tree.N, memory)); root != tree.Hash {
		check(fmt.Errorf("root of the entries is %v", root))
	}

	// Every leaf hash read through the tiles, which TileHashReader authenticates up to the signed root.
	tiles := tlog.TileHashReader(tree, dir)
	for n, entry := range entries {
		read := must(tiles.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(n))}))
		if read[0] != tlog.RecordHash(entry) {
			check(fmt.Errorf("tiles and entry %d disagree", n))
		}
	}

	// Our own proofs, by sumdb's checkers, and sumdb's own made from our tiles.
	var ours ourProofs
	check(json.Unmarshal(must(os.ReadFile(os.Args[2])), &ours))
	for _, proof := range ours.Inclusion {
		leaf := tlog.RecordHash(entries[proof.Index])
		check(tlog.CheckRecord(hashes(proof.Hashes), tree.N, tree.Hash, proof.Index, leaf))
		theirs := must(tlog.ProveRecord(tree.N, proof.Index, tiles))
		check(tlog.CheckRecord(theirs, tree.N, tree.Hash, proof.Index, leaf))
	}
	for _, proof := range ours.Consistency {
		root := must(tlog.TreeHash(proof.Size, memory))
		if root != must(tlog.ParseHash(proof.Root)) {
			check(fmt.Errorf("our root at %d differs", proof.Size))
		}
		check(tlog.CheckTree(hashes(proof.Hashes), tree.N, tree.Hash, proof.Size, root))
	}
	fmt.Println("OK", tree.N, len(ours.Inclusion), len(ours.Consistency))
}
