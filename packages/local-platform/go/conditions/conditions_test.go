package conditions

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module = "sigs.k8s.io/gateway-api"
	list   = "../../../../plugins/networking-common/src/verdicts/testdata/gatewayApiConditions.json"
)

// entry is one reason that a condition may have. Without Status the comments
// name the reason beside the type alone; without Type, the reason alone.
type entry struct {
	Object     string `json:"object"`
	Type       string `json:"type,omitempty"`
	Status     string `json:"status,omitempty"`
	Reason     string `json:"reason"`
	Deprecated bool   `json:"deprecated,omitempty"`
}

type catalogue struct {
	Module     string  `json:"module"`
	Conditions []entry `json:"conditions"`
}

// constant is a condition type or reason of the Gateway API, with its comment.
type constant struct {
	name, object, kind, value, comment string
}

func (c constant) deprecated() bool { return strings.Contains(c.comment, "Deprecated:") }

// download gives the folder of the module's source, in the version of go.mod.
func download(t *testing.T) (dir, version string) {
	t.Helper()
	var stderr bytes.Buffer
	command := exec.Command("go", "mod", "download", "-json", module)
	command.Stderr = &stderr
	output, err := command.Output()
	var found struct{ Dir, Version string }
	if err == nil {
		err = json.Unmarshal(output, &found)
	}
	if err != nil || found.Dir == "" {
		t.Fatalf("%s cannot be downloaded: %v %s%s", module, err, output, stderr.String())
	}
	return found.Dir, found.Version
}

var conditionKind = regexp.MustCompile(`^(\w+)Condition(Type|Reason)$`)

// constantsOf reads every constant of a type such as RouteConditionReason.
func constantsOf(t *testing.T, dir string) []constant {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "apis", "v1", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var constants []constant
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, declaration := range parsed.Decls {
			block, isBlock := declaration.(*ast.GenDecl)
			if !isBlock || block.Tok != token.CONST {
				continue
			}
			for _, spec := range block.Specs {
				value := spec.(*ast.ValueSpec)
				typeName, isName := value.Type.(*ast.Ident)
				if !isName {
					continue
				}
				kind := conditionKind.FindStringSubmatch(typeName.Name)
				if kind == nil {
					continue
				}
				comment := value.Doc.Text()
				if comment == "" {
					comment = block.Doc.Text()
				}
				for index, name := range value.Names {
					literal, isLiteral := value.Values[index].(*ast.BasicLit)
					if !isLiteral {
						t.Fatalf("%s is no literal", name.Name)
					}
					text, err := strconv.Unquote(literal.Value)
					if err != nil {
						t.Fatal(err)
					}
					constants = append(constants, constant{name.Name, kind[1], kind[2], text, comment})
				}
			}
		}
	}
	return constants
}

var (
	header  = regexp.MustCompile(`(?i)reasons for this condition to be (true|false|unknown)`)
	bullet  = regexp.MustCompile(`^\s*[*-] "(\w+)"\s*$`)
	usedFor = regexp.MustCompile(`used\s+with\s+the\s+((?:"\w+"(?:,|\s|and\b|or\b)*)+)`)
	quoted  = regexp.MustCompile(`"(\w+)"`)
)

// possibleReasons reads the lists in the comment of a condition type.
func possibleReasons(of constant) []entry {
	var entries []entry
	status := ""
	for _, line := range strings.Split(of.comment, "\n") {
		if found := header.FindStringSubmatch(line); found != nil {
			status = strings.ToUpper(found[1][:1]) + strings.ToLower(found[1][1:])
		} else if found := bullet.FindStringSubmatch(line); found != nil && status != "" {
			entries = append(entries, entry{Object: of.object, Type: of.value, Status: status, Reason: found[1]})
		}
	}
	return entries
}

func read(t *testing.T) catalogue {
	t.Helper()
	dir, version := download(t)
	constants := constantsOf(t, dir)
	var entries []entry
	isDeprecated := map[[3]string]bool{}
	for _, of := range constants {
		isDeprecated[[3]string{of.object, of.kind, of.value}] = of.deprecated()
		if of.kind != "Type" {
			continue
		}
		possible := possibleReasons(of)
		if len(possible) == 0 && !of.deprecated() {
			t.Errorf("the comment of %s has no list of possible reasons", of.name)
		}
		entries = append(entries, possible...)
	}
	for _, of := range constants {
		if of.kind != "Reason" {
			continue
		}
		var types []string
		if used := usedFor.FindStringSubmatch(of.comment); used != nil {
			for _, word := range quoted.FindAllStringSubmatch(used[1], -1) {
				types = append(types, word[1])
			}
		} else if !slices.ContainsFunc(entries, func(e entry) bool { return e.Object == of.object && e.Reason == of.value }) {
			types = []string{""}
		}
		for _, typeName := range types {
			isListed := slices.ContainsFunc(entries, func(e entry) bool {
				return e.Object == of.object && e.Type == typeName && e.Reason == of.value
			})
			if !isListed {
				entries = append(entries, entry{Object: of.object, Type: typeName, Reason: of.value})
			}
		}
	}
	for index, e := range entries {
		entries[index].Deprecated = isDeprecated[[3]string{e.Object, "Type", e.Type}] ||
			isDeprecated[[3]string{e.Object, "Reason", e.Reason}]
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return slices.Compare(
			[]string{a.Object, a.Type, a.Status, a.Reason},
			[]string{b.Object, b.Type, b.Status, b.Reason},
		)
	})
	return catalogue{Module: module + " " + version, Conditions: entries}
}

// The plugin's unit tests ask of each entry of the list whether its table of
// reasons has it; this test, whether the list is that of the Gateway API. Set
// UPDATE_GOLDEN=1 to write it anew.
func TestListIsThatOfTheGatewayAPI(t *testing.T) {
	var found bytes.Buffer
	encoder := json.NewEncoder(&found)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(read(t)); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.MkdirAll(filepath.Dir(list), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(list, found.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, found.Bytes()) {
		t.Errorf("%s is not what the source says; it says:\n%s", list, found.String())
	}
}
