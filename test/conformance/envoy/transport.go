package envoy

import (
	"slices"

	clusterv3 "github.com/envoyproxy/go-control-plane/envoy/config/cluster/v3"
	corev3 "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	endpointv3 "github.com/envoyproxy/go-control-plane/envoy/config/endpoint/v3"
	internalv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/internal_upstream/v3"
	rawv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/raw_buffer/v3"
	tlsv3 "github.com/envoyproxy/go-control-plane/envoy/extensions/transport_sockets/tls/v3"
)

// Kind is how bytes travel between two proxies.
type Kind string

// HBONE is a tunnel with mutual TLS, MTLS is mutual TLS on the port itself, TLS has no certificate of the mesh.
const (
	Plaintext Kind = "plaintext"
	MTLS      Kind = "mTLS"
	HBONE     Kind = "HBONE"
	TLS       Kind = "TLS"
)

// Transport is how bytes travel to an endpoint, and what is asked of the other end.
type Transport struct {
	Kind Kind
	// Names are the identities that the server may prove; any if there are none.
	Names []string
	// SNI is the server that is asked for.
	SNI string

	toTunnel bool
}

// meshCertificate is the name under which a proxy gets the certificate of its own workload.
const meshCertificate = "default"

// transportOf: what the cluster says for endpoints with such labels, else for all.
func (p *Proxy) transportOf(cluster *clusterv3.Cluster, one *endpointv3.LbEndpoint) (Transport, error) {
	labels := one.GetMetadata().GetFilterMetadata()["envoy.transport_socket_match"].GetFields()
	for _, match := range cluster.GetTransportSocketMatches() {
		matches := true
		for name, value := range match.GetMatch().GetFields() {
			matches = matches && labels[name].GetStringValue() == value.GetStringValue()
		}
		if matches {
			return p.socket(match.GetTransportSocket())
		}
	}
	return p.socket(cluster.GetTransportSocket())
}

func (p *Proxy) socket(socket *corev3.TransportSocket) (Transport, error) {
	if socket == nil {
		return Transport{Kind: Plaintext}, nil
	}
	config, err := p.decode(socket.GetTypedConfig())
	if err != nil {
		return Transport{}, err
	}
	switch config := config.(type) {
	case *rawv3.RawBuffer:
		return Transport{Kind: Plaintext}, nil
	case *internalv3.InternalUpstreamTransport:
		// Matters to internal endpoints only; to others it is what it wraps.
		transport, err := p.socket(config.GetTransportSocket())
		transport.toTunnel = true
		return transport, err
	case *tlsv3.UpstreamTlsContext:
		return tlsOf(config)
	}
	return Transport{}, unknown("transport socket", config)
}

func isOfMesh(common *tlsv3.CommonTlsContext) bool {
	own := common.GetTlsCertificateSdsSecretConfigs()
	return len(own) > 0 && own[0].Name == meshCertificate
}

func tlsOf(context *tlsv3.UpstreamTlsContext) (Transport, error) {
	common := context.GetCommonTlsContext()
	if !isOfMesh(common) {
		return Transport{Kind: TLS, SNI: context.GetSni()}, nil
	}
	validation := common.GetCombinedValidationContext().GetDefaultValidationContext()
	if len(validation.GetMatchTypedSubjectAltNames()) > 0 {
		return Transport{}, unknown("names of a server", validation)
	}
	transport := Transport{Kind: MTLS, SNI: context.GetSni()}
	for _, name := range validation.GetMatchSubjectAltNames() {
		if name.GetExact() == "" {
			return Transport{}, unknown("name of a server", name)
		}
		transport.Names = append(transport.Names, name.GetExact())
	}
	slices.Sort(transport.Names)
	return transport, nil
}
