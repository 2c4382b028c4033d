package certvalidation

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	admissionv1 "k8s.io/api/admission/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"k8s.io/apimachinery/pkg/util/yaml"
	sigsyaml "sigs.k8s.io/yaml"

	"github.com/cert-manager/cert-manager/internal/apis/certmanager"
	"github.com/cert-manager/cert-manager/internal/apis/certmanager/install"
	"github.com/cert-manager/cert-manager/internal/apis/certmanager/validation"
)

const goldens = "../../../../plugins/networking-common/src/platform/testdata/*.golden.yaml"

var codecs = func() serializer.CodecFactory {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	return serializer.NewCodecFactory(scheme, serializer.EnableStrict)
}()

// validate returns cert-manager's verdict on one YAML document; known is false
// for objects of other API groups. Decoding is strict, applies cert-manager's
// defaults and converts to its internal version, as its webhook does.
func validate(document []byte) (problems field.ErrorList, known bool, err error) {
	var meta metav1.TypeMeta
	if err := sigsyaml.Unmarshal(document, &meta); err != nil {
		return nil, false, err
	}
	if !strings.HasPrefix(meta.APIVersion, "cert-manager.io/") {
		return nil, false, nil
	}
	object, _, err := codecs.UniversalDecoder(certmanager.SchemeGroupVersion).Decode(document, nil, nil)
	if err != nil {
		return nil, true, err
	}
	request := &admissionv1.AdmissionRequest{Operation: admissionv1.Create}
	switch object.(type) {
	case *certmanager.Certificate:
		problems, _ = validation.ValidateCertificate(request, object)
	case *certmanager.ClusterIssuer:
		problems, _ = validation.ValidateClusterIssuer(request, object)
	case *certmanager.Issuer:
		problems, _ = validation.ValidateIssuer(request, object)
	default:
		return nil, true, errors.New("no validation for kind " + meta.Kind)
	}
	return problems, true, nil
}

func documentsOf(t *testing.T, file string) [][]byte {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	reader := yaml.NewDocumentDecoder(io.NopCloser(bytes.NewReader(content)))
	defer reader.Close()
	var documents [][]byte
	buffer := make([]byte, len(content)+1)
	for {
		n, err := reader.Read(buffer)
		if errors.Is(err, io.EOF) {
			return documents
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		documents = append(documents, bytes.Clone(buffer[:n]))
	}
}

func TestRenderedCertificatesPassCertManagersOwnValidation(t *testing.T) {
	files, err := filepath.Glob(goldens)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no golden files match %s", goldens)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			judged := 0
			for _, document := range documentsOf(t, file) {
				problems, known, err := validate(document)
				if err != nil {
					t.Errorf("%v in:\n%s", err, document)
				}
				for _, problem := range problems {
					t.Errorf("%v in:\n%s", problem, document)
				}
				if known {
					judged++
				}
			}
			if judged == 0 {
				t.Error("the file holds no cert-manager object")
			}
		})
	}
}

func TestValidationRefuses(t *testing.T) {
	certificate := func(spec string) string {
		return "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a, namespace: b}\n" +
			"spec: {secretName: s, issuerRef: {name: i, kind: ClusterIssuer}, " + spec + "}\n"
	}
	for name, c := range map[string]struct{ document, field string }{
		"a duration under one hour":        {certificate("dnsNames: [a.example], duration: 30m"), "spec.duration"},
		"renewal as early as the duration": {certificate("dnsNames: [a.example], duration: 2h, renewBefore: 2h"), "spec.renewBefore"},
		"a common name of 65 characters":   {certificate("commonName: " + strings.Repeat("a", 65)), "spec.commonName"},
		"a certificate that names nothing": {certificate("duration: 2h"), "spec"},
		"an issuer of two types":           {"apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: a}\nspec: {selfSigned: {}, ca: {secretName: s}}\n", "spec.selfSigned"},
		"an issuer of no type":             {"apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: a}\nspec: {}\n", "spec"},
	} {
		t.Run(name, func(t *testing.T) {
			problems, _, err := validate([]byte(c.document))
			if err != nil {
				t.Fatal(err)
			}
			for _, problem := range problems {
				if problem.Field == c.field {
					return
				}
			}
			t.Errorf("want a problem with %s, got %v", c.field, problems)
		})
	}
	t.Run("a field that does not exist", func(t *testing.T) {
		if _, _, err := validate([]byte(certificate("dnsNames: [a.example], renewalTime: 1h"))); err == nil {
			t.Error("want a decoding error")
		}
	})
}
