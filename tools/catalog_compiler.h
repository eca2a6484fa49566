#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "base/document.h"
#include "blueprint/vocabulary.h"
#include "catalog/names.h"
#include "data_files.h"

namespace outlast::tools {

using base::Diagnostics;
using base::Node;
using base::NodeKind;
namespace bp = blueprint;
namespace shelf = catalog;

/// Makes the tables of src/catalog/tables.h of data files: what is wrong in them is told, with its
/// place. The parts of a type are in catalog_parts.cc.
class Compiler {
 public:
  explicit Compiler(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void add_spellings(Node root);  ///< of all files, before any is added
  void add(Node root);
  void check_names();
  [[nodiscard]] std::string finish();

 private:
  void wrong(Node at, std::string message, std::string help = "") {
    diagnostics_.error("OUT-D1001", at.span(), std::move(message), std::move(help));
  }
  void allow(Node map, std::span<const std::string_view> keys);
  std::string choice(Node at, std::string_view text, std::span<const std::string_view> names,
                     std::string_view type);
  std::string text(Node node) { return literal(node.exists() ? node.text() : ""); }

  /// Emits an array of finished initialisers and returns what refers to it.
  std::string array(std::string_view type, const std::vector<std::string>& items);
  std::string strings(Node node);
  std::string conditions(Node node);
  std::string mappings(Node node);
  std::string citation(Node node, const std::string& what);
  std::string figure(std::string_view name, Node node);
  std::string figures(Node map, std::span<const std::string_view> other_keys = {});
  std::string read_source(Node node);
  std::string read_rules(Node node);
  std::string link(Node node);
  std::string routing(Node node);
  std::string runs(Node node);
  void program(std::string_view name, Node node);
  std::string links(Node node);
  std::string firewall(Node node);
  std::string grants(Node node);
  std::string access(Node node);
  std::string remedies(Node node);
  std::string safeguards(Node node);
  std::string checks(Node node);
  std::string traits(Node node);
  std::string endings(Node node);
  std::string limits(Node node);
  void lifecycle(std::string_view name, Node node);
  std::string day(Node node);
  std::string spellings(Node node);
  void type(std::string_view name, Node node);
  void translation(std::string_view format, std::string_view name, Node node);
  void duration(Node node, std::string_view key, double& out);

  Diagnostics& diagnostics_;
  std::string arrays_;
  std::size_t array_count_ = 0;
  std::map<std::string, std::string> types_, classes_, services_, regions_, providers_, programs_,
      translations_, lifecycles_, policies_;
  std::string as_of_;
  std::map<std::string, Node> class_uses_, service_uses_, lifecycle_uses_, translated_;
  std::map<std::string, std::vector<std::string>> also_spelled_;  ///< spelling → translated ones
  std::set<std::string> spelled_;
};

}  // namespace outlast::tools
