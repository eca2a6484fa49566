#include "import/kubernetes_rows.h"

#include <string>
#include <utility>

namespace outlast::import {

ValueTree all_ports(base::Span span) {
  ValueTree ports;
  ports.members.emplace_back("protocol", text_value("all", span));
  return ports;
}

void RowMaker::add(std::string_view direction, base::Span span, ValueTree ports,
                   const ValueTree& ranges, const ValueTree& workloads, std::string_view action) {
  ValueTree row;
  row.kind = base::NodeKind::map;
  row.span = span;
  row.members.emplace_back("direction", text_value(std::string(direction), span));
  row.members.emplace_back("action", text_value(std::string(action), span));
  for (auto& member : ports.members) {
    row.members.push_back(std::move(member));
  }
  row.members.emplace_back("ranges", ranges);
  row.members.emplace_back("workloads", workloads);
  rows_.items.push_back(std::move(row));
}

void RowMaker::close(std::string_view direction, base::Span span) {
  ValueTree ports;
  ports.members.emplace_back("protocol", text_value("tcp", span));
  ports.members.emplace_back("from_port", text_value("0", span));
  ports.members.emplace_back("to_port", text_value("0", span));
  add(direction, span, std::move(ports), list_value({}, span), no_value(span));
}

void RowMaker::open(std::string_view direction, base::Span span) {
  ValueTree ranges = list_value({}, span);
  ranges.items.push_back(text_value("*", span));
  add(direction, span, all_ports(span), ranges, no_value(span));
}

ValueTree RowMaker::take() {
  ValueTree all;
  all.kind = base::NodeKind::map;
  all.span = rows_.span;
  all.members.emplace_back("rows", std::move(rows_));
  return all;
}

}  // namespace outlast::import
