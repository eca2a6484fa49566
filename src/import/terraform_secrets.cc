#include "import/terraform_secrets.h"

#include <fmt/format.h>

#include <vector>

namespace outlast::import {

using base::NodeKind;

namespace {

void find_in_literal(const std::string& address, const std::string& name,
                     const HclExpression* value, Desk& desk) {
  if (value == nullptr || value->kind != HclExpression::Kind::text) {
    return;
  }
  base::DocumentBuilder builder(value->span.source);
  const std::uint32_t root =
      builder.scalar(NodeKind::string, value->text, value->span.begin, value->span.end);
  desk.draft.documents.push_back(builder.finish(root));
  find_secrets_by_line(desk.draft.documents.back().root(), {address, value->span, ""}, desk, name);
}

/// Of a block and all within it.
void find_in_block(const std::string& address, const HclNode& block, Desk& desk) {
  std::vector<const HclNode*> left = {&block};
  while (!left.empty()) {
    const HclNode& one = *left.back();
    left.pop_back();
    for (const HclAttribute& attribute : one.body.attributes) {
      find_in_literal(address, attribute.name, &attribute.value, desk);
    }
    for (const HclNode& inner : one.body.blocks) {
      left.push_back(&inner);
    }
  }
}

}  // namespace

void find_secrets_beside_resources(const std::deque<HclBody>& bodies, const std::string& prefix,
                                   Desk& desk) {
  for (const HclBody& body : bodies) {
    for (const HclNode& block : body.blocks) {
      const std::string name = block.labels.empty() ? "" : block.labels.front();
      if (block.kind == "variable") {
        find_in_literal(fmt::format("{}var.{}", prefix, name), name,
                        block.body.attribute("default"), desk);
      } else if (block.kind == "locals") {
        for (const HclAttribute& attribute : block.body.attributes) {
          find_in_literal(fmt::format("{}local.{}", prefix, attribute.name), attribute.name,
                          &attribute.value, desk);
        }
      } else if (block.kind == "provider") {
        find_in_block(fmt::format("{}provider.{}", prefix, name), block, desk);
      } else if (block.kind == "terraform") {
        find_in_block(prefix + "terraform", block, desk);
      }
    }
  }
}

}  // namespace outlast::import
