#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostics.h"
#include "blueprint/draft.h"
#include "catalog/catalog.h"

namespace outlast::catalog {

/// Reads the fields of one resource by the rules of its type.
/// A field is unset where no rule has a value, unknown where the deciding attribute is unknown or
/// of a type or size that cannot be meant.
class FieldReader {
 public:
  /// in  places       how many placements the resource has, for rules that count them
  ///     diagnostics  where to tell of values that cannot be meant; none: they are only not known
  FieldReader(const blueprint::DraftResource& resource, const TypeEntry& entry,
              std::size_t places = 0, base::Diagnostics* diagnostics = nullptr)
      : resource_(resource), entry_(entry), places_(places), diagnostics_(diagnostics) {}

  [[nodiscard]] blueprint::Value<std::string> text(Field field) const;
  [[nodiscard]] blueprint::Value<std::int64_t> integer(Field field) const;
  [[nodiscard]] blueprint::Value<bool> boolean(Field field) const;
  [[nodiscard]] blueprint::Value<base::Seconds> seconds(Field field) const;
  /// All values of a field that may hold several, such as zones.
  [[nodiscard]] std::vector<blueprint::Value<std::string>> texts(Field field) const;

  template <class E>
  [[nodiscard]] blueprint::Value<E> choice(Field field) const {
    const auto name = text(field);
    if (name.is_known()) {
      if (const auto value = blueprint::parse_name<E>(*name)) {
        return blueprint::Value<E>::of(*value, name.provenance(), name.span());
      }
    }
    return name.is_unknown() ? blueprint::Value<E>::unknown(name.span()) : blueprint::Value<E>();
  }

 private:
  [[nodiscard]] const ReadRule* rule(Field field) const;
  [[nodiscard]] base::Truth meets(base::Node node, const Condition& condition) const;
  [[nodiscard]] std::vector<blueprint::Value<std::string>> from_source(
      const ReadSource& source) const;
  [[nodiscard]] std::vector<blueprint::Value<std::string>> from_node(
      base::Node node, const ReadSource& source) const;
  [[nodiscard]] std::vector<blueprint::Value<std::string>> zones_of_region(
      std::string_view attribute) const;
  /// Unknown, and told where it stands.
  template <class T>
  [[nodiscard]] blueprint::Value<T> odd(const blueprint::Value<std::string>& written,
                                        std::string_view expected) const {
    tell_odd(written, expected);
    return blueprint::Value<T>::unknown(written.span());
  }
  void tell_odd(const blueprint::Value<std::string>& written, std::string_view expected) const;
  [[nodiscard]] std::string adjusted(std::string_view value, const ReadSource& source) const;

  const blueprint::DraftResource& resource_;
  const TypeEntry& entry_;
  std::size_t places_;
  base::Diagnostics* diagnostics_;
};

}  // namespace outlast::catalog
