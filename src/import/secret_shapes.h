#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace outlast::import {

/// True for names such as `master_password`, `DB_PASSWORD`, `apiToken`.
[[nodiscard]] bool is_secret_name(std::string_view name);

/// Is the value no secret though it stands where one belongs: empty, hidden (`***`), to be filled
/// in (`${…}`, `$VAR`, `<…>`), or the address of a secret store?
[[nodiscard]] bool stands_for_a_secret(std::string_view value);

/// What in the text is a secret by its form, each once: "AWS access key", "password in a URL".
[[nodiscard]] std::vector<std::string> secret_shapes(std::string_view text);

/// Names of the secrets that a script or settings file gives values to: `export NAME=value`,
/// `--name=value`, `NAME: value`.
[[nodiscard]] std::vector<std::string> secrets_in_script(std::string_view text);

/// A manifest that only says where a secret is kept, such as one of kind ExternalSecret.
[[nodiscard]] bool is_manifest_about_secrets(std::string_view text);

/// The text that base64 stands for; empty if it is none or no text.
[[nodiscard]] std::string text_of_base64(std::string_view base64);

}  // namespace outlast::import
