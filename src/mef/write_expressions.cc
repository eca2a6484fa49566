#include "mef/write_expressions.h"

#include <algorithm>
#include <charconv>

#include "base/assert.h"
#include "mef/expression_elements.h"

namespace outlast::mef {

namespace {

constexpr std::size_t kDeepestInPlace = 32;  ///< readers limit how deep elements nest

bool is_leaf(Operation operation) {
  return operation == Operation::constant || operation == Operation::mission_time;
}

std::string_view element_of(Operation operation) {
  const auto* const found =
      std::find_if(std::begin(kExpressionElements), std::end(kExpressionElements),
                   [&](const ExpressionElement& known) { return known.operation == operation; });
  OUTLAST_ASSERT(found != std::end(kExpressionElements), "every operation has an element");
  return found->element;
}

}  // namespace

std::string digits_of(double value) {
  char text[32];
  const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
  return {std::begin(text), end};
}

ExpressionWriter::ExpressionWriter(const Expressions& expressions,
                                   const std::vector<ExpressionId>& wanted)
    : expressions_(expressions), parameter_(expressions.size()) {
  std::vector<std::size_t> uses(expressions.size());
  for (const ExpressionId id : wanted) {
    if (id.exists()) {
      ++uses[id.index];
    }
  }
  for (std::size_t i = expressions.size(); i-- > 0;) {
    for (const ExpressionId argument : expressions.arguments(ExpressionId(i))) {
      uses[argument.index] += uses[i] > 0 ? 1 : 0;
    }
  }
  std::vector<std::size_t> depth(expressions.size());
  std::size_t parameters = 0;
  for (const ExpressionId id : base::ids<ExpressionId>(expressions.size())) {
    const Operation operation = expressions.operation(id);
    if (uses[id.index] == 0 || is_leaf(operation)) {
      continue;
    }
    for (const ExpressionId argument : expressions.arguments(id)) {
      depth[id.index] = std::max(depth[id.index], depth[argument.index] + 1);
    }
    if (is_deviate(operation) || uses[id.index] > 1 || depth[id.index] == kDeepestInPlace) {
      parameter_[id.index] = ++parameters;
      depth[id.index] = 0;
    }
  }
}

std::string ExpressionWriter::parameters() const {
  std::string out;
  for (const ExpressionId id : base::ids<ExpressionId>(parameter_.size())) {
    if (parameter_[id.index] > 0) {
      out += "<define-parameter name=\"p" + std::to_string(parameter_[id.index]) + "\">";
      append(id, true, out);
      out += "</define-parameter>\n";
    }
  }
  return out;
}

std::string ExpressionWriter::use(ExpressionId id) const {
  std::string out;
  append(id, false, out);
  return out;
}

/// Recurses as deep as elements are written in place.
void ExpressionWriter::append(  // NOLINT(misc-no-recursion)
    ExpressionId id, bool is_definition, std::string& out) const {
  const Operation operation = expressions_.operation(id);
  if (operation == Operation::constant) {
    out += "<float value=\"" + digits_of(expressions_.number(id)) + "\"/>";
    return;
  }
  if (operation == Operation::mission_time) {
    out += "<system-mission-time/>";
    return;
  }
  if (parameter_[id.index] > 0 && !is_definition) {
    out += "<parameter name=\"p" + std::to_string(parameter_[id.index]) + "\"/>";
    return;
  }
  const std::string tag(element_of(operation));
  out += "<" + tag + ">";
  bool is_in_bin = false;
  bool is_first = true;
  for (const ExpressionId argument : expressions_.arguments(id)) {
    const bool opens = operation == Operation::histogram && !is_first && !is_in_bin;
    out += opens ? "<bin>" : "";
    append(argument, false, out);
    out += is_in_bin ? "</bin>" : "";
    is_in_bin = opens;
    is_first = false;
  }
  out += "</" + tag + ">";
}

}  // namespace outlast::mef
