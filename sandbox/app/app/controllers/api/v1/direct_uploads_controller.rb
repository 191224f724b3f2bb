# Where a client may put a file, for whoever has an API key; Rails' own page of this kind wants a form's token.
class Api::V1::DirectUploadsController < Api::V1::BaseController
  include ActiveStorage::SetCurrent

  def create
    blob = ActiveStorage::Blob.create_before_direct_upload!(**blob_params)
    render json: blob.as_json(root: false, methods: :signed_id).merge(
      direct_upload: {url: blob.service_url_for_direct_upload, headers: blob.service_headers_for_direct_upload}
    )
  end

  private

  def blob_params = params.require(:blob).permit(:filename, :byte_size, :checksum, :content_type).to_h.symbolize_keys
end
