#pragma once

#include <string_view>

#include "import/value_tree.h"

namespace outlast::import {

/// What a policy says of packets, as rows that the catalog reads like those of any firewall: made
/// for rules whose peers no name leads to.
class RowMaker {
 public:
  explicit RowMaker(base::Span span) : rows_(list_value({}, span)) {}

  /// in  ports      members protocol, from_port, to_port
  ///     workloads  made of the addresses of peers; where there are none, of nothing
  void add(std::string_view direction, base::Span span, ValueTree ports, const ValueTree& ranges,
           const ValueTree& workloads, std::string_view action = "allow");
  /// Lets nobody pass: what makes a direction closed where no other row does.
  void close(std::string_view direction, base::Span span);
  void open(std::string_view direction, base::Span span);
  [[nodiscard]] ValueTree take();

 private:
  ValueTree rows_;
};

/// All ports of all protocols, as the ports of a row.
[[nodiscard]] ValueTree all_ports(base::Span span);

}  // namespace outlast::import
