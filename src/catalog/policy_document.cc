#include "catalog/policy_document.h"

#include "base/diagnostics.h"
#include "base/document.h"

namespace outlast::catalog {

using base::Node;
using base::NodeKind;
using blueprint::DraftGrant;

namespace {

/// "x" and ["x", "y"] mean the same kind of thing in a policy.
std::vector<std::string> one_or_many(Node node) {
  std::vector<std::string> all;
  if (node.is(NodeKind::string)) {
    all.emplace_back(node.text());
  }
  for (std::size_t i = 0; node.is(NodeKind::list) && i < node.size(); ++i) {
    all.emplace_back(node.at(i).text());
  }
  return all;
}

DraftGrant read_statement(Node statement) {
  DraftGrant grant;
  grant.allows = statement["Effect"].text() != "Deny";
  grant.actions = one_or_many(statement["Action"]);
  grant.resources = one_or_many(statement["Resource"]);
  grant.has_condition = statement["Condition"].exists();
  return grant;
}

}  // namespace

std::vector<DraftGrant> read_policy_document(std::string_view text) {
  base::Sources sources;
  base::Diagnostics unheard;  // a broken policy is the provider's to refuse, not ours
  const auto source = sources.add("policy", std::string(text), "");
  const auto document = base::parse_json(sources, source, unheard);
  std::vector<DraftGrant> grants;
  if (!document) {
    return grants;
  }
  const Node statements = document->root()["Statement"];
  if (statements.is(NodeKind::map)) {
    grants.push_back(read_statement(statements));
  }
  for (std::size_t i = 0; statements.is(NodeKind::list) && i < statements.size(); ++i) {
    grants.push_back(read_statement(statements.at(i)));
  }
  return grants;
}

}  // namespace outlast::catalog
