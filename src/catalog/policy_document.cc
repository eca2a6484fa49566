#include "catalog/policy_document.h"

#include <algorithm>

#include "base/diagnostics.h"
#include "base/document.h"
#include "base/text.h"

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

/// Keys by which a condition names who is let in: then it is not for everybody.
constexpr std::string_view kNarrowing[] = {"aws:sourcearn",
                                           "aws:sourceaccount",
                                           "aws:sourceorgid",
                                           "aws:sourceorgpaths",
                                           "aws:principalarn",
                                           "aws:principalaccount",
                                           "aws:principalorgid",
                                           "aws:principalorgpaths",
                                           "aws:sourcevpc",
                                           "aws:sourcevpce",
                                           "aws:userid",
                                           "aws:principaltag",
                                           "kms:calleraccount",
                                           "kms:viaservice",
                                           "s3:dataaccesspointaccount"};

/// Does this test keep strangers out? Surely by the keys above; of others it is not known.
bool names_who(std::string_view test, std::string_view variable, std::string_view value) {
  const std::string key = base::to_lower(variable);
  const std::string_view head = std::string_view(key).substr(0, key.find('/'));
  const bool is_like_all = test.find("Like") != std::string_view::npos && value == "*";
  return !is_like_all &&
         std::find(std::begin(kNarrowing), std::end(kNarrowing), head) != std::end(kNarrowing);
}

bool names_who(Node condition) {
  for (std::size_t i = 0; i < condition.size(); ++i) {
    const Node test = condition.at(i);
    for (std::size_t j = 0; j < test.size(); ++j) {
      if (names_who(condition.key(i), test.key(j), test.at(j).text())) {
        return true;
      }
    }
  }
  return false;
}

/// {"AWS": "*"} and "*" mean everybody.
bool is_everybody(Node principal) {
  const auto has_star = [](const std::vector<std::string>& all) {
    return std::find(all.begin(), all.end(), "*") != all.end();
  };
  return has_star(one_or_many(principal)) || has_star(one_or_many(principal["AWS"]));
}

/// A condition leaves open whether a grant applies; one that names who may come in closes it.
void restrict(bool names_who, DraftGrant& grant) {
  grant.character.applies =
      grant.character.to_everyone && names_who ? base::Truth::no : base::Truth::unknown;
}

DraftGrant read_statement(Node statement) {
  DraftGrant grant;
  grant.allows = statement["Effect"].text() != "Deny";
  grant.actions = one_or_many(statement["Action"]);
  grant.resources = one_or_many(statement["Resource"]);
  grant.character.not_actions = one_or_many(statement["NotAction"]);
  grant.character.not_resources = one_or_many(statement["NotResource"]);
  grant.character.to_everyone = is_everybody(statement["Principal"]);
  const Node condition = statement["Condition"];
  if (condition.size() > 0) {
    restrict(names_who(condition), grant);
  }
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

DraftGrant read_policy_block(Node block) {
  DraftGrant grant;
  grant.allows = block["effect"].text() != "Deny";
  grant.actions = one_or_many(block["actions"]);
  grant.resources = one_or_many(block["resources"]);
  grant.character.not_actions = one_or_many(block["not_actions"]);
  grant.character.not_resources = one_or_many(block["not_resources"]);
  const Node principals = block["principals"];
  for (std::size_t i = 0; principals.is(NodeKind::list) && i < principals.size(); ++i) {
    const std::string_view type = principals.at(i)["type"].text();
    const auto who = one_or_many(principals.at(i)["identifiers"]);
    grant.character.to_everyone =
        grant.character.to_everyone ||
        ((type == "AWS" || type == "*") && std::find(who.begin(), who.end(), "*") != who.end());
  }
  const Node conditions = block["condition"];
  bool is_narrow = false;
  for (std::size_t i = 0; conditions.is(NodeKind::list) && i < conditions.size(); ++i) {
    const Node condition = conditions.at(i);
    const auto values = one_or_many(condition["values"]);
    is_narrow = is_narrow || names_who(condition["test"].text(), condition["variable"].text(),
                                       values.size() == 1 ? values.front() : "");
  }
  if (conditions.size() > 0) {
    restrict(is_narrow, grant);
  }
  return grant;
}

}  // namespace outlast::catalog
