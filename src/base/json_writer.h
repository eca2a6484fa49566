#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace outlast::base {

/// Writes JSON text, indented, members in the order given.
/// Numbers have nine significant digits; what is not finite is written as null.
class JsonWriter {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();
  void key(std::string_view name);

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(double number);
  void value(std::int64_t number);
  void value(int number) { value(static_cast<std::int64_t>(number)); }
  void value(std::size_t number) { value(static_cast<std::int64_t>(number)); }
  void value(bool flag);
  void null();

  template <class T>
  void value(const std::optional<T>& maybe) {
    maybe ? value(*maybe) : null();
  }
  template <class T>
  void value(const std::vector<T>& items) {
    begin_array();
    for (const auto& item : items) {
      value(item);
    }
    end_array();
  }
  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }

  /// The text so far, with a newline at its end; the writer is empty afterwards.
  [[nodiscard]] std::string take();

 private:
  void separate();
  void close(char bracket);
  std::string text_;
  std::vector<bool> has_items_;  ///< of every open object or array
  bool after_key_ = false;
};

}  // namespace outlast::base
