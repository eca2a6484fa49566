#include "catalog/policy_document.h"

#include <algorithm>

#include "base/diagnostics.h"
#include "base/document.h"
#include "blueprint/peer_words.h"
#include "catalog/policy_conditions.h"

namespace outlast::catalog {

using base::Node;
using base::NodeKind;
using blueprint::DraftGrant;

namespace {

/// "x" and ["x", "y"] mean the same kind of thing in a policy.
std::vector<std::string> one_or_many(Node node) {
  std::vector<std::string> all;
  if (!node.is(NodeKind::list) && !node.text().empty()) {  // a truth may stand there, too
    all.emplace_back(node.text());
  }
  for (std::size_t i = 0; node.is(NodeKind::list) && i < node.size(); ++i) {
    all.emplace_back(node.at(i).text());
  }
  return all;
}

/// Signers of tokens that sign for whoever has an account with them: a trust in one that asks for no
/// particular owner is one in everybody.
constexpr std::string_view kOpenSigners[] = {"token.actions.githubusercontent.com", "gitlab.com",
                                             "app.terraform.io"};

bool is_open_signer(Node principal) {
  const auto signers = one_or_many(principal["Federated"]);
  return std::any_of(signers.begin(), signers.end(), [](std::string_view signer) {
    return std::any_of(std::begin(kOpenSigners), std::end(kOpenSigners),
                       [&](std::string_view open) { return signer.ends_with(open); });
  });
}

/// {"AWS": "*"} and "*" mean everybody. A principal that is not known is taken to be somebody: most
/// often it is an account whose number nobody wrote down.
bool is_everybody(Node principal) {
  const auto has_star = [](const std::vector<std::string>& all) {
    return std::find(all.begin(), all.end(), "*") != all.end();
  };
  return has_star(one_or_many(principal)) || has_star(one_or_many(principal["AWS"])) ||
         is_open_signer(principal);
}

Met conditions_met(Node condition) {
  Met all;
  for (std::size_t i = 0; i < condition.size(); ++i) {
    const Node test = condition.at(i);
    for (std::size_t j = 0; j < test.size(); ++j) {
      all = all.with(met(condition.key(i), test.key(j), one_or_many(test.at(j))));
    }
  }
  return all;
}

/// Whom a statement is about, beside everybody: the owner of an identity's own policy names nobody.
enum class Named { nobody, some, all_but_some };

/// All but some are everybody: strangers are among them. What refuses everybody refuses those of the
/// account too, whom its conditions may spare. Which of them a refusal by name means is not worked
/// out: it may be any.
void add(DraftGrant grant, const Met& met, Named named, std::vector<DraftGrant>& grants) {
  using base::Truth;
  const bool is_by_name = named != Named::nobody && !grant.character.to_everyone;
  grant.character.to_everyone = grant.character.to_everyone || named == Named::all_but_some;
  const bool is_to_everyone = grant.character.to_everyone;
  if ((is_to_everyone || is_by_name) && !grant.allows) {
    DraftGrant of_all = grant;
    of_all.character.to_everyone = false;
    of_all.character.applies =
        is_by_name ? base::both(Truth::unknown, met.by_insider) : met.by_insider;
    of_all.identity = blueprint::kEveryIdentity;
    grants.push_back(std::move(of_all));
  }
  grant.character.applies = is_to_everyone ? met.by_stranger : met.by_insider;
  grants.push_back(std::move(grant));
}

void read_statement(Node statement, std::vector<DraftGrant>& grants) {
  DraftGrant grant;
  grant.allows = statement["Effect"].text() != "Deny";
  grant.actions = one_or_many(statement["Action"]);
  grant.resources = one_or_many(statement["Resource"]);
  grant.character.not_actions = one_or_many(statement["NotAction"]);
  grant.character.not_resources = one_or_many(statement["NotResource"]);
  grant.character.to_everyone = is_everybody(statement["Principal"]);
  const Named named = statement["NotPrincipal"].exists() ? Named::all_but_some
                      : statement["Principal"].exists()  ? Named::some
                                                         : Named::nobody;
  add(std::move(grant), conditions_met(statement["Condition"]), named, grants);
}

/// One that only some condition puts there, which nobody can decide, says nothing that can be read.
DraftGrant unread() {
  DraftGrant grant;
  grant.character.applies = base::Truth::unknown;
  return grant;
}

}  // namespace

bool is_unread(const DraftGrant& grant) {
  return grant.actions.empty() && grant.character.not_actions.empty() &&
         grant.character.applies == base::Truth::unknown;
}

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
    read_statement(statements, grants);
  }
  for (std::size_t i = 0; statements.is(NodeKind::list) && i < statements.size(); ++i) {
    if (statements.at(i).is(NodeKind::map)) {
      read_statement(statements.at(i), grants);
    } else {
      grants.push_back(unread());
    }
  }
  if (!statements.text().empty()) {
    grants.push_back(unread());
  }
  return grants;
}

void read_policy_block(Node block, std::vector<DraftGrant>& grants) {
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
  const Named named = block["not_principals"].size() > 0 ? Named::all_but_some
                      : principals.size() > 0            ? Named::some
                                                         : Named::nobody;
  const Node conditions = block["condition"];
  Met all;
  for (std::size_t i = 0; conditions.is(NodeKind::list) && i < conditions.size(); ++i) {
    const Node condition = conditions.at(i);
    all = all.with(met(condition["test"].text(), condition["variable"].text(),
                       one_or_many(condition["values"])));
  }
  add(std::move(grant), all, named, grants);
}

}  // namespace outlast::catalog
