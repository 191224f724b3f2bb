class Api::V1::UploadsController < Api::V1::BaseController
  def create
    file = params.require(:attachment)
    blob = ActiveStorage::Blob.create_and_upload!(io: file, filename: file.original_filename, content_type: file.content_type)
    render json: {file_url: rails_blob_url(blob), blob_id: blob.signed_id, blob_key: blob.key}
  end
end
