package ztunnel

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"istio.io/istio/pkg/workloadapi"
	"istio.io/istio/pkg/workloadapi/security"
)

// Connection is what a ztunnel knows when it decides.
type Connection struct {
	Source    string
	Principal string
	Address   string
	Port      uint32
}

// Verdict is what the policies say; By names those that had a say as namespace/name.
type Verdict struct {
	Allowed bool
	By      []string
}

// Decide lets a connection to a workload in or keeps it out: a DENY that matches denies; without an ALLOW all may; an ALLOW that matches allows.
func (s *State) Decide(connection Connection) (Verdict, error) {
	workload := s.byAddress[connection.Address]
	if workload == nil {
		return Verdict{}, fmt.Errorf("ztunnel knows no workload at %s", connection.Address)
	}
	var allows, matched []string
	for _, name := range s.policiesOf(workload) {
		policy := s.policies[name]
		if policy == nil || policy.DryRun {
			continue
		}
		matches := connection.matches(policy)
		if policy.Action == security.Action_DENY {
			if matches {
				return Verdict{Allowed: false, By: []string{name}}, nil
			}
			continue
		}
		allows = append(allows, name)
		if matches {
			matched = append(matched, name)
		}
	}
	if len(matched) > 0 || len(allows) == 0 {
		return Verdict{Allowed: true, By: matched}, nil
	}
	return Verdict{Allowed: false, By: allows}, nil
}

// policiesOf is those of the mesh, those of the namespace, and those that select the workload.
func (s *State) policiesOf(workload *workloadapi.Workload) []string {
	names := slices.Clone(workload.AuthorizationPolicies)
	for name, policy := range s.policies {
		isOfAll := policy.Scope == security.Scope_GLOBAL
		isOfNamespace := policy.Scope == security.Scope_NAMESPACE && policy.Namespace == workload.Namespace
		if isOfAll || isOfNamespace {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// matches: one of the rules, of which every clause has a match that holds. A rule without clauses and a clause without matches hold; a match
// that asks nothing does not.
func (c Connection) matches(policy *security.Authorization) bool {
	return slices.ContainsFunc(policy.Groups, func(group *security.Group) bool {
		return !slices.ContainsFunc(group.Rules, func(clause *security.Rules) bool {
			return len(clause.Matches) > 0 && !slices.ContainsFunc(clause.Matches, c.holds)
		})
	})
}

func (c Connection) holds(match *security.Match) bool {
	namespace, account := identity(c.Principal)
	isEmpty := true
	for _, holds := range []bool{
		either(&isEmpty, match.Namespaces, match.NotNamespaces, func(m *security.StringMatch) bool { return matchText(m, namespace) }),
		either(&isEmpty, match.Principals, match.NotPrincipals, func(m *security.StringMatch) bool {
			return c.Principal != "" && matchText(m, c.Principal)
		}),
		either(&isEmpty, match.ServiceAccounts, match.NotServiceAccounts, func(m *security.ServiceAccountMatch) bool {
			return m.Namespace == namespace && m.ServiceAccount == account && c.Principal != ""
		}),
		either(&isEmpty, match.SourceIps, match.NotSourceIps, func(m *security.Address) bool { return inRange(m, c.Source) }),
		either(&isEmpty, match.DestinationIps, match.NotDestinationIps, func(m *security.Address) bool { return inRange(m, c.Address) }),
		either(&isEmpty, match.DestinationPorts, match.NotDestinationPorts, func(port uint32) bool { return port == c.Port }),
	} {
		if !holds {
			return false
		}
	}
	return !isEmpty
}

// either: any of the wanted, none of the unwanted.
func either[T any](isEmpty *bool, wanted, unwanted []T, matches func(T) bool) bool {
	if len(wanted)+len(unwanted) > 0 {
		*isEmpty = false
	}
	return (len(wanted) == 0 || slices.ContainsFunc(wanted, matches)) && !slices.ContainsFunc(unwanted, matches)
}

func matchText(match *security.StringMatch, value string) bool {
	switch kind := match.GetMatchType().(type) {
	case *security.StringMatch_Exact:
		return value == kind.Exact
	case *security.StringMatch_Prefix:
		return strings.HasPrefix(value, kind.Prefix)
	case *security.StringMatch_Suffix:
		return strings.HasSuffix(value, kind.Suffix)
	case *security.StringMatch_Presence:
		return value != ""
	}
	return false
}

// identity reads <trust domain>/ns/<namespace>/sa/<service account>.
func identity(principal string) (namespace, account string) {
	parts := strings.Split(principal, "/")
	if len(parts) != 5 {
		return "", ""
	}
	return parts[2], parts[4]
}

func inRange(match *security.Address, address string) bool {
	network, _ := netip.AddrFromSlice(match.Address)
	target, err := netip.ParseAddr(address)
	return err == nil && netip.PrefixFrom(network, int(match.Length)).Contains(target)
}
