#pragma once

#include <string_view>
#include <vector>

#include "base/document.h"
#include "blueprint/attributes.h"

namespace outlast::import {

/// Finds secrets that stand in clear in a resource's attributes and appends their places.
/// The values are never kept.
///
/// in      attributes  as in the input
///         sensitive   the same shape with `true` where the format itself says so; may not exist
///         name        what the value as a whole is called; empty for the attributes of a resource
///         evidence    of the resource; the pointer of `attributes` is its beginning
/// out     one place per attribute that is marked sensitive, is called like a secret (password,
///         token, private_key …) or holds what only a secret looks like (keys and tokens of known
///         issuers, a password in a URL), and has a value that is not empty.
///         Texts that hold JSON, scripts or base64 of them are looked into; what they hold is told
///         at the place of the text.
/// cost    linear in the text
void find_secrets(base::Node attributes, base::Node sensitive, const blueprint::Evidence& evidence,
                  std::vector<blueprint::SecretPlace>& out, std::string_view name = "");

/// Finds what a Secret of Kubernetes holds in clear, or in base64, which hides nothing.
///
/// in   object  with `data` or `stringData`
/// out  a place for each key but those that are empty, to be filled in, encrypted by a tool of its
///      own, or called like what everybody may know (a user, a host, a certificate)
void find_secrets_of_object(base::Node object, const blueprint::Evidence& evidence,
                            std::vector<blueprint::SecretPlace>& out);

}  // namespace outlast::import
