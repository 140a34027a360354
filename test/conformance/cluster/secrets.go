package cluster

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"slices"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/runtime"
)

// addSecrets makes the certificates that listeners name, which are not a manifest's business.
func (c *Cluster) addSecrets(listeners []owned) error {
	for _, listener := range listeners {
		if listener.TLS == nil {
			continue
		}
		for _, ref := range listener.TLS.CertificateRefs {
			made, err := pair()
			if err != nil {
				return err
			}
			secret := &corev1.Secret{Type: corev1.SecretTypeTLS, Data: map[string][]byte{
				"tls.crt": made.certificate, "tls.key": made.key, "ca.crt": made.certificate,
			}}
			secret.Name, secret.Namespace = string(ref.Name), listener.namespace
			if ref.Namespace != nil {
				secret.Namespace = string(*ref.Namespace)
			}
			if !c.hasSecret(secret) {
				c.add(secret)
			}
		}
	}
	return nil
}

func (c *Cluster) hasSecret(secret *corev1.Secret) bool {
	return slices.ContainsFunc(c.Objects, func(object runtime.Object) bool {
		one, isSecret := object.(*corev1.Secret)
		return isSecret && one.Namespace == secret.Namespace && one.Name == secret.Name
	})
}

type keyPair struct{ certificate, key []byte }

// pair is one certificate for all, made once.
var pair = sync.OnceValues(newPair)

func newPair() (made keyPair, err error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return made, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(24 * time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return made, err
	}
	encoded, err := x509.MarshalECPrivateKey(private)
	block := func(kind string, bytes []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: bytes})
	}
	return keyPair{block("CERTIFICATE", der), block("EC PRIVATE KEY", encoded)}, err
}
