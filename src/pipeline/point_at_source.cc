#include "pipeline/point_at_source.h"

#include <algorithm>

#include "base/text.h"
#include "import/terraform_address.h"

namespace outlast::pipeline {
namespace {

bool is_position(std::string_view step) {
  return step.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The last name of a JSON pointer into a resource's attributes; empty where it names none.
std::string_view attribute_of(std::string_view pointer) {
  const auto steps = base::split(pointer, '/');
  const auto values = std::find_if(steps.begin(), steps.end(), [](std::string_view step) {
    return step == "after" || step == "values";
  });
  for (auto step = steps.rbegin(); step != steps.rend() && step.base() > values + 1; ++step) {
    if (!is_position(*step)) {
      return *step;
    }
  }
  return {};
}

/// The first line of a block that begins with a name.
base::Span line_of(std::string_view name, base::Span block, const std::string& text) {
  const base::Span head{block.source, block.begin, block.begin};
  std::size_t at = text.find('\n', block.begin);
  while (!name.empty() && at < block.end) {
    const std::size_t begin = text.find_first_not_of(" \t", at + 1);
    const std::size_t end = begin == std::string::npos ? begin : begin + name.size();
    if (end < block.end && text.compare(begin, name.size(), name) == 0 &&
        std::string_view(" \t=\"{").find(text[end]) != std::string_view::npos) {
      return {block.source, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }
    at = text.find('\n', at + 1);
  }
  return head;
}

}  // namespace

void point_at_source(const import::TerraformSource& source, const base::Sources& sources,
                     std::vector<findings::Finding>& findings) {
  for (findings::Finding& finding : findings) {
    for (blueprint::Evidence& evidence : finding.evidence) {
      const auto declared = source.declarations.find(import::without_indexes(evidence.address));
      if (declared != source.declarations.end() && !evidence.pointer.empty()) {
        const base::Span block = declared->second;
        evidence.span = line_of(attribute_of(evidence.pointer), block, sources.text(block.source));
        evidence.pointer.clear();
      }
    }
  }
}

}  // namespace outlast::pipeline
