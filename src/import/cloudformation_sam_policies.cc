#include "import/cloudformation_sam_policies.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace outlast::import {

using base::NodeKind;
using base::Span;

namespace {

/// A policy that SAM knows by name: what it allows, on what its parameter names.
struct PolicyTemplate {
  std::string_view name;
  std::string_view parameter;
  std::string_view arn;      ///< of what a parameter names that is no resource of the inputs
  std::string_view actions;  ///< separated by a space
};

constexpr auto kTemplates = std::to_array<PolicyTemplate>({
    {"DynamoDBCrudPolicy", "TableName", "arn:aws:dynamodb:*:*:table/{}",
     "dynamodb:GetItem dynamodb:DeleteItem dynamodb:PutItem dynamodb:Scan dynamodb:Query "
     "dynamodb:UpdateItem dynamodb:BatchWriteItem dynamodb:BatchGetItem dynamodb:DescribeTable "
     "dynamodb:ConditionCheckItem"},
    {"DynamoDBReadPolicy", "TableName", "arn:aws:dynamodb:*:*:table/{}",
     "dynamodb:GetItem dynamodb:Scan dynamodb:Query dynamodb:BatchGetItem dynamodb:DescribeTable"},
    {"DynamoDBWritePolicy", "TableName", "arn:aws:dynamodb:*:*:table/{}",
     "dynamodb:PutItem dynamodb:UpdateItem dynamodb:BatchWriteItem"},
    {"DynamoDBReconfigurePolicy", "TableName", "arn:aws:dynamodb:*:*:table/{}",
     "dynamodb:UpdateTable"},
    {"DynamoDBStreamReadPolicy", "TableName", "arn:aws:dynamodb:*:*:table/{}/stream/*",
     "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator"},
    {"S3ReadPolicy", "BucketName", "arn:aws:s3:::{}/*",
     "s3:GetObject s3:ListBucket s3:GetBucketLocation s3:GetObjectVersion"},
    {"S3WritePolicy", "BucketName", "arn:aws:s3:::{}/*", "s3:PutObject s3:PutObjectAcl"},
    {"S3CrudPolicy", "BucketName", "arn:aws:s3:::{}/*",
     "s3:GetObject s3:ListBucket s3:GetBucketLocation s3:GetObjectVersion s3:PutObject "
     "s3:PutObjectAcl s3:PutLifecycleConfiguration s3:DeleteObject"},
    {"S3FullAccessPolicy", "BucketName", "arn:aws:s3:::{}/*",
     "s3:GetObject s3:GetObjectAcl s3:GetObjectVersion s3:PutObject s3:PutObjectAcl "
     "s3:DeleteObject s3:DeleteObjectTagging s3:ListBucket s3:GetBucketLocation"},
    {"SQSPollerPolicy", "QueueName", "arn:aws:sqs:*:*:{}",
     "sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage"},
    {"SQSSendMessagePolicy", "QueueName", "arn:aws:sqs:*:*:{}", "sqs:SendMessage"},
    {"SNSPublishMessagePolicy", "TopicName", "arn:aws:sns:*:*:{}", "sns:Publish"},
    {"SNSCrudPolicy", "TopicName", "arn:aws:sns:*:*:{}",
     "sns:Publish sns:Subscribe sns:SetTopicAttributes sns:ListSubscriptionsByTopic"},
    {"KinesisStreamReadPolicy", "StreamName", "arn:aws:kinesis:*:*:stream/{}",
     "kinesis:DescribeStream kinesis:GetRecords kinesis:GetShardIterator"},
    {"KinesisCrudPolicy", "StreamName", "arn:aws:kinesis:*:*:stream/{}",
     "kinesis:PutRecord kinesis:PutRecords kinesis:GetRecords kinesis:GetShardIterator "
     "kinesis:DeleteStream kinesis:UpdateShardCount"},
    {"FirehoseWritePolicy", "DeliveryStreamName", "arn:aws:firehose:*:*:deliverystream/{}",
     "firehose:PutRecord firehose:PutRecordBatch"},
    {"FirehoseCrudPolicy", "DeliveryStreamName", "arn:aws:firehose:*:*:deliverystream/{}",
     "firehose:PutRecord firehose:PutRecordBatch firehose:DeleteDeliveryStream "
     "firehose:UpdateDestination"},
    {"EventBridgePutEventsPolicy", "EventBusName", "arn:aws:events:*:*:event-bus/{}",
     "events:PutEvents"},
    {"LambdaInvokePolicy", "FunctionName", "arn:aws:lambda:*:*:function:{}",
     "lambda:InvokeFunction"},
    {"StepFunctionsExecutionPolicy", "StateMachineName", "arn:aws:states:*:*:stateMachine:{}",
     "states:StartExecution"},
    {"AWSSecretsManagerGetSecretValuePolicy", "SecretArn", "{}", "secretsmanager:GetSecretValue"},
    {"SSMParameterReadPolicy", "ParameterName", "arn:aws:ssm:*:*:parameter/{}",
     "ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath"},
    {"SSMParameterWithSlashPrefixReadPolicy", "ParameterName", "arn:aws:ssm:*:*:parameter{}",
     "ssm:GetParameter ssm:GetParameters ssm:GetParametersByPath"},
    {"KMSDecryptPolicy", "KeyId", "arn:aws:kms:*:*:key/{}", "kms:Decrypt"},
    {"KMSEncryptPolicy", "KeyId", "arn:aws:kms:*:*:key/{}", "kms:Encrypt"},
    {"ElasticsearchHttpPostPolicy", "DomainName", "arn:aws:es:*:*:domain/{}",
     "es:ESHttpPost es:ESHttpPut"},
    {"SESCrudPolicy", "IdentityName", "arn:aws:ses:*:*:identity/{}",
     "ses:SendEmail ses:SendRawEmail ses:GetIdentityVerificationAttributes"},
});

/// What a parameter of a template names: a resource of the inputs as it is, else by its ARN.
ValueTree named_by(const ValueTree& parameter, std::string_view arn) {
  return !parameter.uses.empty() || !parameter.is_closed() || parameter.text.starts_with("arn:")
             ? parameter
             : text_value(fmt::format(fmt::runtime(arn), parameter.text), parameter.span);
}

/// The statement that a template stands for; nothing where it is not known.
std::optional<ValueTree> statement_of(const std::string& name, const ValueTree& parameters) {
  const auto known = std::find_if(kTemplates.begin(), kTemplates.end(),
                                  [&](const PolicyTemplate& one) { return one.name == name; });
  const ValueTree* parameter =
      known == kTemplates.end() ? nullptr : parameters.member(known->parameter);
  if (parameter == nullptr) {
    return std::nullopt;
  }
  const Span span = parameters.span;
  std::vector<ValueTree> actions;
  for (const std::string_view action : base::split(known->actions, ' ')) {
    actions.push_back(text_value(std::string(action), span));
  }
  ValueTree statement = map_at(span);
  statement.members.emplace_back("Effect", text_value("Allow", span));
  statement.members.emplace_back("Action", list_value(std::move(actions), span));
  statement.members.emplace_back("Resource", named_by(*parameter, known->arn));
  return statement;
}

class RoleMaker {
 public:
  explicit RoleMaker(Span span) : span_(span) {}

  void add(const ValueTree& policy) {
    if (policy.is_text() || !policy.is(NodeKind::map)) {
      add_managed(policy);
    } else if (policy.member("Statement") != nullptr) {
      add_document(policy);
    } else {
      for (const auto& [name, parameters] : policy.members) {
        if (auto statement = statement_of(name, parameters)) {
          ValueTree document = map_at(parameters.span);
          document.members.emplace_back("Statement", std::move(*statement));
          add_document(std::move(document));
        }
      }
    }
  }

  [[nodiscard]] ValueTree take() {
    ValueTree role = map_at(span_);
    role.members.emplace_back("ManagedPolicyArns", list_value(std::move(managed_), span_));
    role.members.emplace_back("Policies", list_value(std::move(inline_), span_));
    return role;
  }

 private:
  void add_managed(const ValueTree& policy) {
    const bool is_name =
        policy.is_closed() && policy.uses.empty() && !policy.text.starts_with("arn:");
    managed_.push_back(is_name ? text_value("arn:aws:iam::aws:policy/" + policy.text, policy.span)
                               : policy);
  }

  void add_document(ValueTree document) {
    ValueTree policy = map_at(document.span);
    policy.members.emplace_back("PolicyDocument", std::move(document));
    inline_.push_back(std::move(policy));
  }

  Span span_;
  std::vector<ValueTree> managed_;
  std::vector<ValueTree> inline_;
};

}  // namespace

std::optional<TemplateResource> take_role(TemplateResource& resource, const std::string& stack) {
  const bool can_have = resource.type == "AWS::Serverless::Function" ||
                        resource.type == "AWS::Serverless::StateMachine";
  const ValueTree* policies = resource.properties.member("Policies");
  if (!can_have || policies == nullptr || resource.properties.member("Role") != nullptr) {
    return std::nullopt;
  }
  RoleMaker maker(policies->span);
  if (policies->is(NodeKind::list)) {
    for (const ValueTree& policy : policies->items) {
      maker.add(policy);
    }
  } else {
    maker.add(*policies);
  }
  TemplateResource role{resource.logical + "Role", "AWS::IAM::Role", maker.take()};
  resource.properties.members.emplace_back("Role",
                                           name_value(stack + "/" + role.logical, policies->span));
  return role;
}

ValueTree statements_of(const std::vector<ValueTree>& policies, Span span) {
  ValueTree statements = list_value({}, span);
  for (const ValueTree& policy : policies) {
    for (const auto& [name, parameters] : policy.members) {
      if (auto statement = statement_of(name, parameters)) {
        statements.items.push_back(std::move(*statement));
      }
    }
  }
  return statements;
}

}  // namespace outlast::import
