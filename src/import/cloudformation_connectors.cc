#include "import/cloudformation_connectors.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "import/cloudformation_sam_policies.h"

namespace outlast::import {

using base::Node;
using base::NodeKind;

namespace {

constexpr std::string_view kConnector = "AWS::Serverless::Connector";

/// The policy of SAM that a permission stands for, and its parameter.
struct Permission {
  std::string_view type;  ///< of the destination
  std::string_view name;
  std::string_view policy;
  std::string_view parameter;
};

constexpr auto kPermissions = std::to_array<Permission>({
    {"AWS::DynamoDB::Table", "Read", "DynamoDBReadPolicy", "TableName"},
    {"AWS::DynamoDB::Table", "Write", "DynamoDBWritePolicy", "TableName"},
    {"AWS::Serverless::SimpleTable", "Read", "DynamoDBReadPolicy", "TableName"},
    {"AWS::Serverless::SimpleTable", "Write", "DynamoDBWritePolicy", "TableName"},
    {"AWS::SQS::Queue", "Read", "SQSPollerPolicy", "QueueName"},
    {"AWS::SQS::Queue", "Write", "SQSSendMessagePolicy", "QueueName"},
    {"AWS::SNS::Topic", "Write", "SNSPublishMessagePolicy", "TopicName"},
    {"AWS::S3::Bucket", "Read", "S3ReadPolicy", "BucketName"},
    {"AWS::S3::Bucket", "Write", "S3WritePolicy", "BucketName"},
    {"AWS::Lambda::Function", "Write", "LambdaInvokePolicy", "FunctionName"},
    {"AWS::Serverless::Function", "Write", "LambdaInvokePolicy", "FunctionName"},
    {"AWS::StepFunctions::StateMachine", "Write", "StepFunctionsExecutionPolicy",
     "StateMachineName"},
    {"AWS::Serverless::StateMachine", "Write", "StepFunctionsExecutionPolicy", "StateMachineName"},
    {"AWS::Events::EventBus", "Write", "EventBridgePutEventsPolicy", "EventBusName"},
});

/// One value, or each of a list.
template <class Use>
void for_each_of(const ValueTree& value, Use use) {
  if (value.is(NodeKind::list)) {
    std::for_each(value.items.begin(), value.items.end(), use);
  } else {
    use(value);
  }
}

/// The role that a resource of CloudFormation's own or of SAM's says to act as.
const ValueTree* role_of(const TemplateResource& resource) {
  const ValueTree* role = resource.properties.member("Role");
  return role == nullptr ? resource.properties.member("RoleArn") : role;
}

bool has_role_by_sam(const TemplateResource& resource) {
  return role_of(resource) == nullptr && (resource.type == "AWS::Serverless::Function" ||
                                          resource.type == "AWS::Serverless::StateMachine");
}

/// Adds to the policies that a resource tells: one, or a list of them.
void add_policies(const std::vector<ValueTree>& policies, TemplateResource& resource) {
  auto& members = resource.properties.members;
  auto told = std::find_if(members.begin(), members.end(),
                           [](const auto& member) { return member.first == "Policies"; });
  if (told == members.end()) {
    members.emplace_back("Policies", list_value(policies, policies.front().span));
    return;
  }
  if (!told->second.is(NodeKind::list)) {
    ValueTree only = std::move(told->second);
    told->second = list_value({}, only.span);
    told->second.items.push_back(std::move(only));
  }
  told->second.items.insert(told->second.items.end(), policies.begin(), policies.end());
}

}  // namespace

Connectors::Connectors(Stack& stack, Stacks& stacks) : stack_(stack) {
  const Node resources = stack.root["Resources"];
  for (const DeclaredResource& declared : stack.resources) {
    if (declared.node["Type"].text() == kConnector) {
      const ValueTree connector =
          stacks.evaluate_in(stack, declared.loops, declared.node["Properties"]);
      const ValueTree* source = connector.member("Source");
      const ValueTree* id = source == nullptr ? nullptr : source->member("Id");
      add(id == nullptr ? "" : id->text, connector, resources);
    }
    const ValueTree own = stacks.evaluate_in(stack, declared.loops, declared.node["Connectors"]);
    for (const auto& [name, connector] : own.members) {
      if (const ValueTree* properties = connector.member("Properties")) {
        add(declared.logical, *properties, resources);
      }
    }
  }
}

void Connectors::add(const std::string& source, const ValueTree& connector, Node resources) {
  const ValueTree* destination = connector.member("Destination");
  const ValueTree* permissions = connector.member("Permissions");
  if (destination == nullptr || permissions == nullptr) {
    return;
  }
  for_each_of(*destination,
              [&](const ValueTree& one) { add_one(source, one, *permissions, resources); });
}

/// What is connected to is named by its logical id, or told by type and ARN.
void Connectors::add_one(const std::string& source, const ValueTree& destination,
                         const ValueTree& permissions, Node resources) {
  const ValueTree* id = destination.member("Id");
  const ValueTree* arn = destination.member("Arn");
  const ValueTree* told = destination.member("Type");
  const std::string type(id != nullptr     ? resources[id->text]["Type"].text()
                         : told != nullptr ? std::string_view(told->text)
                                           : std::string_view());
  if (id == nullptr && arn == nullptr) {
    return;
  }
  const ValueTree named = id != nullptr ? name_value(stack_.address_of(id->text), id->span) : *arn;
  for_each_of(permissions, [&](const ValueTree& permission) {
    for (const Permission& known : kPermissions) {
      if (known.type == type && known.name == permission.text) {
        ValueTree parameters = map_at(permission.span);
        parameters.members.emplace_back(std::string(known.parameter), named);
        ValueTree policy = map_at(permission.span);
        policy.members.emplace_back(std::string(known.policy), std::move(parameters));
        policies_[source].push_back(std::move(policy));
      }
    }
  });
}

std::optional<TemplateResource> Connectors::give_policies(TemplateResource& resource) const {
  const auto found = policies_.find(resource.logical);
  if (found == policies_.end()) {
    return std::nullopt;
  }
  if (has_role_by_sam(resource)) {
    add_policies(found->second, resource);
    return std::nullopt;
  }
  const ValueTree* role = role_of(resource);
  if (role == nullptr) {
    return std::nullopt;
  }
  const base::Span span = found->second.front().span;
  ValueTree document = map_at(span);
  document.members.emplace_back("Statement", statements_of(found->second, span));
  ValueTree policy = map_at(span);
  policy.members.emplace_back("Roles", list_value({*role}, span));
  policy.members.emplace_back("PolicyDocument", std::move(document));
  return TemplateResource{resource.logical + "Connected", "AWS::IAM::Policy", std::move(policy)};
}

}  // namespace outlast::import
