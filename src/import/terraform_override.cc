#include "import/terraform_override.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace outlast::import {
namespace {

std::string alias_of(const HclNode& block) {
  const HclExpression* alias = block.body.attribute("alias");
  return block.kind != "provider" || alias == nullptr ? "" : alias->text;
}

bool is_same(const HclNode& a, const HclNode& b) {
  return a.kind == b.kind && a.labels == b.labels && alias_of(a) == alias_of(b);
}

/// What a nested block is an instance of: a dynamic one makes those it is labelled with.
const std::string& made_by(const HclNode& nested) {
  return nested.kind == "dynamic" && nested.labels.size() == 1 ? nested.labels.front()
                                                               : nested.kind;
}

/// Replaces an attribute; false if there is none of this name.
bool replace(HclBody& body, HclAttribute& by) {
  const auto known = std::find_if(body.attributes.begin(), body.attributes.end(),
                                  [&](const HclAttribute& a) { return a.name == by.name; });
  if (known == body.attributes.end()) {
    return false;
  }
  *known = std::move(by);
  return true;
}

void merge(HclBody& into, HclBody from) {
  for (HclAttribute& attribute : from.attributes) {
    if (!replace(into, attribute)) {
      into.attributes.push_back(std::move(attribute));
    }
  }
  std::set<std::string> replaced;
  for (const HclNode& nested : from.blocks) {
    replaced.insert(made_by(nested));
  }
  std::erase_if(into.blocks,
                [&](const HclNode& nested) { return replaced.contains(made_by(nested)); });
  std::move(from.blocks.begin(), from.blocks.end(), std::back_inserter(into.blocks));
}

HclNode* overridden(std::deque<HclBody>& bodies, const HclNode& by) {
  for (HclBody& body : bodies) {
    for (HclNode& block : body.blocks) {
      if (is_same(block, by)) {
        return &block;
      }
    }
  }
  return nullptr;
}

/// Each local stands in the place of the one of its name, whichever block that is in.
void override_locals(std::deque<HclBody>& bodies, HclNode& locals) {
  std::erase_if(locals.body.attributes, [&](HclAttribute& local) {
    return std::any_of(bodies.begin(), bodies.end(), [&](HclBody& body) {
      return std::any_of(body.blocks.begin(), body.blocks.end(), [&](HclNode& block) {
        return block.kind == "locals" && replace(block.body, local);
      });
    });
  });
}

}  // namespace

void override_bodies(std::deque<HclBody>& bodies, HclBody overriding) {
  HclBody rest;
  for (HclNode& block : overriding.blocks) {
    HclNode* known = nullptr;
    if (block.kind == "locals") {
      override_locals(bodies, block);
    } else {
      known = overridden(bodies, block);
    }
    if (known == nullptr) {
      rest.blocks.push_back(std::move(block));
    } else {
      merge(known->body, std::move(block.body));
    }
  }
  bodies.push_back(std::move(rest));
}

}  // namespace outlast::import
